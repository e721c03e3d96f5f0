import { asc, eq, type InferSelectModel, sql } from 'drizzle-orm'
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

/** Whether a create of the capture may have been executed, or was, without the capture's having been settled by it. */
export async function hasOpenCreate(db: Database, captureId: string): Promise<boolean> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(attempts)
    .where(
      sql`${attempts.captureId} = ${captureId} and ${attempts.command} = 'create'
        and (${attempts.outcome} is null or ${attempts.outcome} in ('undetermined', 'create-pending', 'created'))`,
    )
  return (row?.n ?? 0) > 0
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
