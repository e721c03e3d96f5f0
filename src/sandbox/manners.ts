import { z } from 'zod'

/**
 * What a server may do wrong:
 * - `slow`: each answer takes five seconds more;
 * - `silent`: takes the question and never answers;
 * - `cut`: closes the connection in the middle of the answer;
 * - `garbled`: answers bytes that mean nothing in its protocol;
 * - `throttled`: refuses everybody in the registry's own words (429, quota text, 2502);
 * - `lying-404`: denies having a name that it has;
 * - `skewed-clock`: dates of the greeting, and of RDAP answers, are wrong by minutes;
 * - `sessions-refused`: no login is taken (2502).
 */
export const FAULTS = [
  'slow',
  'silent',
  'cut',
  'garbled',
  'throttled',
  'lying-404',
  'skewed-clock',
  'sessions-refused',
] as const
export type Fault = (typeof FAULTS)[number]

export const MannersSchema = z.strictObject({
  /** Time a server takes before it answers. Real milliseconds, like every duration here: manners never leap. */
  latencyMs: z.number().min(0).max(60_000).default(0),
  /** Requests that one client address, or one account, may make; null for no limit. */
  limit: z
    .strictObject({ perSecond: z.number().positive(), burst: z.int().positive() })
    .nullable()
    .default(null),
  faults: z.array(z.enum(FAULTS)).readonly().default([]),
})
/** What a protocol server does besides telling the truth. */
export type Manners = z.infer<typeof MannersSchema>

export const EppMannersSchema = MannersSchema.extend({
  /** Sessions one account may hold at a time; one more is refused with 2502. */
  sessions: z.int().positive().default(10),
  /** A session older than this is closed by the server; null for never. */
  sessionMaxAgeMs: z.number().positive().nullable().default(null),
  /** Least time between two commands of one session; faster ones are answered late, or 2400 when `limit` is spent. */
  spacingMs: z.number().min(0).default(0),
  /** Creates an account may send a day (UTC, by the sandbox's clock), refused ones included; null for no limit. */
  createsPerDay: z.int().positive().nullable().default(null),
  /** Points for creates that fail, and the points at which an account is blocked for the rest of the day (2308). */
  penalty: z
    .strictObject({
      exists: z.number().min(0),
      error: z.number().min(0),
      perDay: z.number().positive(),
    })
    .nullable()
    .default(null),
  /** How far the `svDate` of the greeting is ahead of the registry's true clock. */
  skewMs: z.number().default(0),
})
/** Manners of an EPP server: its rules for accounts and sessions too. */
export type EppManners = z.infer<typeof EppMannersSchema>

export const openManners = (manners: Partial<Manners> = {}): Manners => MannersSchema.parse(manners)
export const openEppManners = (manners: Partial<EppManners> = {}): EppManners =>
  EppMannersSchema.parse(manners)
