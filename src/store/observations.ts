import { and, desc, eq, gte, lt } from 'drizzle-orm'
import type { DomainName } from '../domain/name.ts'
import type { Observation } from '../domain/observation.ts'
import type { Database } from './connect.ts'
import { observations } from './schema/watching.ts'

/** Keeps what probes answered. */
export async function keepObservations(db: Database, seen: readonly Observation[]): Promise<void> {
  if (seen.length === 0) return
  await db.insert(observations).values(
    seen.map(({ name, at, source, host, kind, tookMs, ...detail }) => ({
      name,
      at,
      source,
      host,
      kind,
      tookMs: Math.round(tookMs),
      detail,
    })),
  )
}

/** Observations of a name since an instant, newest first. */
export async function recentObservations(
  db: Database,
  name: DomainName,
  since: Date,
): Promise<Observation[]> {
  const rows = await db
    .select()
    .from(observations)
    .where(and(eq(observations.name, name), gte(observations.at, since)))
    .orderBy(desc(observations.at))
    .limit(50)
  return rows.map(
    ({ id: _id, detail, ...rest }) => ({ ...rest, ...(revive(detail) as object) }) as Observation,
  )
}

/** Forgets observations older than an instant. @returns how many. */
export async function forgetObservations(db: Database, before: Date): Promise<number> {
  const gone = await db
    .delete(observations)
    .where(lt(observations.at, before))
    .returning({ id: observations.id })
  return gone.length
}

/** JSON knows no dates: fields named `…At` are instants. */
function revive(detail: unknown): unknown {
  if (detail === null || typeof detail !== 'object' || Array.isArray(detail)) return detail
  return Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [
      key,
      key.endsWith('At') && typeof value === 'string' ? new Date(value) : revive(value),
    ]),
  )
}
