import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Logger

/** Fields that hold a secret wherever they stand. */
const SECRETS = [
  'pw',
  'newPW',
  'authInfo',
  'authorization',
  'Authorization',
  'password',
  'token',
  'secret',
  'secretKey',
  'cookie',
]
/** pino's redaction takes no `**`: each depth is listed. */
const DEPTHS = ['', '*.', '*.*.', '*.*.*.']

/**
 * Opens the log: one JSON object a line, secrets masked by field name down to four levels.
 * @param to a stream, or the path of a file to append to; standard error when absent.
 */
export function openLog(level: LogLevel, to?: string | DestinationStream): Log {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: DEPTHS.flatMap((depth) => SECRETS.map((field) => depth + field)),
        censor: '[redacted]',
      },
    },
    typeof to === 'object' ? to : destination({ dest: to ?? 2, mkdir: true, sync: true }),
  )
}
