import { inspect } from 'node:util'
import { QueuesUnreachable } from '../jobs/backends.ts'
import { type Config, environment, readConfig } from '../src/config.ts'
import { DatabaseUnreachable } from '../src/store/connect.ts'
import { FolderInUse } from '../src/store/folder-lock.ts'
import { CLOSE_DEADLINE_MS } from './installation.ts'
import { SetupFault } from './registries.ts'

/** Reads the configuration; what is wrong with it is printed and the process exits with 2. */
export function configOrExit(): Config {
  const read = readConfig(environment())
  if (read.ok) return read.value
  for (const { message } of read.problems) process.stderr.write(`vigie: ${message}\n`)
  process.exit(2)
}

/** Faults of the set-up are told in a sentence, without a stack; anything else is a fault of ours. */
export function exitWith(fault: unknown): never {
  const told = isSetup(fault) ? fault.message : inspect(fault)
  process.stderr.write(`vigie: ${told}\n`)
  process.exit(1)
}

function isSetup(fault: unknown): fault is Error {
  if (
    fault instanceof DatabaseUnreachable ||
    fault instanceof FolderInUse ||
    fault instanceof SetupFault ||
    fault instanceof QueuesUnreachable
  )
    return true
  return fault instanceof Error && (fault as NodeJS.ErrnoException).code === 'EADDRINUSE'
}

/**
 * Stops the process in an orderly way at SIGINT, SIGTERM, or when the process that forked it is gone. A second signal
 * stops it at once, and so does the deadline.
 */
export function stopOnSignal(stop: () => Promise<void>, options: { withParent: boolean }): void {
  let stopping = false
  const leave = () => {
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), CLOSE_DEADLINE_MS * 2).unref()
    stop().then(
      () => process.exit(0),
      (fault) => exitWith(fault),
    )
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
  if (options.withParent) process.on('disconnect', leave)
}
