import { resolve } from 'node:path'
import { z } from 'zod'
import { EXTENSIONS, type Extension } from './domain/name.ts'
import { type Parsed, type Problem, parsed } from './domain/problem.ts'

/** How this process runs, read once from the environment. */
export type Config = Readonly<{
  /** Folder for everything kept on disk, absolute. */
  home: string
  /** PostgreSQL to use; null runs the embedded one under `home`. */
  databaseUrl: string | null
  /** Redis for the queues; null keeps them in PostgreSQL. */
  redisUrl: string | null
  registries: 'sandbox' | 'live'
  host: string
  /** 0 takes any free port. */
  port: number
  logLevel: LogLevel
  /** 32 octets that seal what is kept encrypted; null when none was given. */
  secretKey: Buffer | null
  /** Where a running sandbox says how to reach it. */
  sandboxFile: string
  /** JSON file of the registrar's accreditations (live). */
  accreditationsFile: string | null
  /** Most that one create may cost, before tax. */
  priceCeilingCents: number
  /** Name servers that new domains are delegated to. */
  nameServers: readonly string[]
  /** Extensions whose WHOIS terms the registrar has accepted for automated use. */
  acceptedTerms: readonly Extension[]
  /** The registrar's own name, as registries print it. */
  registrarName: string
}>

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}$/

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((n) => n >= from && n <= to, `must be a whole number from ${from} to ${to}`)

const address = (example: string, ...protocols: string[]) =>
  z.string().refine((text) => {
    if (!URL.canParse(text)) return false
    const url = new URL(text)
    return protocols.includes(url.protocol) && url.hostname !== ''
  }, `must be an address such as ${example}`)

/** A list of words, separated by commas or spaces. */
const list = <T>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) =>
      text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .pipe(z.array(item))

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })

/** Every variable that Vigie reads. */
const Environment = z.object({
  DATABASE_URL: address(
    'postgres://user:password@host:5432/vigie',
    'postgres:',
    'postgresql:',
  ).optional(),
  REDIS_URL: address('redis://host:6379', 'redis:', 'rediss:').optional(),
  PORT: wholeNumber(0, 65535).optional(),
  VIGIE_HOME: z.string().default('.vigie'),
  VIGIE_REGISTRIES: oneOf(['sandbox', 'live']).default('sandbox'),
  VIGIE_HOST: z
    .string()
    .regex(/^\S+$/, 'must be a host name or an IP address')
    .default('127.0.0.1'),
  VIGIE_PORT: wholeNumber(0, 65535).optional(),
  VIGIE_LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
  VIGIE_SECRET_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{43}=$/,
      'must be 32 octets in base64, as `openssl rand -base64 32` prints',
    )
    .transform((text) => Buffer.from(text, 'base64'))
    .optional(),
  VIGIE_SANDBOX: z.string().optional(),
  VIGIE_ACCREDITATIONS: z.string().optional(),
  VIGIE_PRICE_CEILING_CENTS: wholeNumber(0, 100_000_000).default(5000),
  VIGIE_NAME_SERVERS: list(
    z.string().regex(HOST_NAME, 'must list host names such as ns1.example.net'),
  ).default([]),
  VIGIE_WHOIS_TERMS: list(oneOf(EXTENSIONS)).default([]),
  VIGIE_REGISTRAR: z.string().default('Vigie Registrar'),
})
const VARIABLES = Object.keys(Environment.shape)

/**
 * Reads the configuration. An empty variable counts as absent.
 * @returns a problem for each `VIGIE_*` variable that is unknown and each variable whose value breaks its rule; `field`
 * is the variable. Values are never repeated, since they may be secret.
 */
export function readConfig(env: NodeJS.ProcessEnv): Parsed<Config> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const problems = Object.keys(given)
    .filter((name) => name.startsWith('VIGIE_') && !VARIABLES.includes(name))
    .map(unknownVariable)
  const read = Environment.safeParse(given)
  if (!read.success) problems.push(...read.error.issues.map(malformedValue))
  if (!read.success || problems.length > 0) return { ok: false, problems }

  const e = read.data
  const home = resolve(e.VIGIE_HOME)
  return parsed(
    Object.freeze({
      home,
      databaseUrl: e.DATABASE_URL ?? null,
      redisUrl: e.REDIS_URL ?? null,
      registries: e.VIGIE_REGISTRIES,
      host: e.VIGIE_HOST,
      port: e.VIGIE_PORT ?? e.PORT ?? 8080,
      logLevel: e.VIGIE_LOG_LEVEL,
      secretKey: e.VIGIE_SECRET_KEY ?? null,
      sandboxFile: resolve(e.VIGIE_SANDBOX ?? `${home}/sandbox/ready.json`),
      accreditationsFile: e.VIGIE_ACCREDITATIONS ? resolve(e.VIGIE_ACCREDITATIONS) : null,
      priceCeilingCents: e.VIGIE_PRICE_CEILING_CENTS,
      nameServers: Object.freeze(e.VIGIE_NAME_SERVERS),
      acceptedTerms: Object.freeze(e.VIGIE_WHOIS_TERMS),
      registrarName: e.VIGIE_REGISTRAR,
    }),
  )
}

/** The environment of this process, for whoever starts it to hand to `readConfig` and to child processes. */
export const environment = (): NodeJS.ProcessEnv => process.env

function unknownVariable(name: string): Problem {
  const closest = VARIABLES.map((known) => ({ known, edits: editDistance(name, known) })).sort(
    (a, b) => a.edits - b.edits,
  )[0]
  const hint = closest && closest.edits <= 4 ? ` Did you mean ${closest.known}?` : ''
  return {
    field: name,
    rule: 'unknown-variable',
    message: `${name} is not a variable that Vigie knows.${hint}`,
  }
}

function malformedValue(issue: z.core.$ZodIssue): Problem {
  const field = String(issue.path[0])
  return { field, rule: 'malformed-value', message: `${field} ${issue.message}.` }
}

/** Levenshtein's distance: the fewest single-letter edits that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
