import { asc, eq, type InferSelectModel, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Database } from './connect.ts'
import { attempts } from './schema/capturing.ts'

/** One command of a capture as it is stored. */
export type AttemptRow = InferSelectModel<typeof attempts>

export type PlannedAttempt = Pick<
  AttemptRow,
  'captureId' | 'command' | 'clTRID' | 'plannedAt' | 'session'
>

/** Writes commands down before they are sent. */
export async function planAttempts(
  db: Database,
  planned: readonly PlannedAttempt[],
): Promise<void> {
  if (planned.length > 0) await db.insert(attempts).values([...planned])
}

/** What became of a command. */
export type AttemptResult = Partial<
  Pick<
    AttemptRow,
    | 'plannedAt'
    | 'svTRID'
    | 'session'
    | 'sentAt'
    | 'answeredAt'
    | 'code'
    | 'message'
    | 'outcome'
    | 'offsetMs'
    | 'offsetUncertaintyMs'
  >
>

export async function recordAttempt(
  db: Database,
  clTRID: string,
  result: AttemptResult,
): Promise<void> {
  await db.update(attempts).set(result).where(eq(attempts.clTRID, clTRID))
}

/** Every command of a capture in the order it was planned. */
export const listAttempts = (db: Database, captureId: string): Promise<AttemptRow[]> =>
  db
    .select()
    .from(attempts)
    .where(eq(attempts.captureId, captureId))
    .orderBy(asc(attempts.plannedAt), asc(attempts.id))

/** SQL: a create of the capture may have been executed, or was, and the capture was not settled by it. */
export const anOpenCreate = (captureId: SQLWrapper | string): SQL => sql`exists (
  select 1 from attempts a where a.capture_id = ${captureId} and a.command = 'create'
    and (a.outcome is null or a.outcome in ('undetermined', 'create-pending', 'created')))`

/** Whether the registry has to be asked what became of a create before anything else is sent. */
export async function hasOpenCreate(db: Database, captureId: string): Promise<boolean> {
  const [row] = await db.execute<{ open: boolean }>(sql`select ${anOpenCreate(captureId)} as open`)
  return row!.open
}

/** Says of creates without an answer what the registry told later. */
export async function settleOpenCreates(
  db: Database,
  captureId: string,
  outcome: string,
): Promise<void> {
  await db
    .update(attempts)
    .set({ outcome })
    .where(
      sql`${attempts.captureId} = ${captureId} and ${attempts.command} = 'create'
        and (${attempts.outcome} is null or ${attempts.outcome} in ('undetermined', 'create-pending'))`,
    )
}
