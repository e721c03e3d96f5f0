import { codeOf, DatabaseTimeout, isLost } from './connection.ts'
import { CommitUnknown, type Database, databaseOn, type Pool, poolOf } from './pool.ts'

/** SQLSTATEs after which PostgreSQL itself asks for another try: serialization failure and deadlock. */
const CONFLICTS = new Set(['40001', '40P01'])
const LONGEST_PAUSE_MS = 500

/**
 * Does a piece of work in one transaction, again on a new connection when the old one is lost or conflicts with another
 * transaction. A commit whose answer was lost is looked into, so the work takes effect once, or not at all. The work may
 * be called several times: it must do nothing but use the database it is given.
 * @param deadlineMs for all tries together.
 * @throws DatabaseTimeout past the deadline; the work's own error, after which nothing was changed. If the database cannot
 * be reached again to look into a lost commit, CommitUnknown.
 */
export async function transaction<T>(
  db: Database,
  deadlineMs: number,
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  const pool = poolOf(db)
  const endMs = performance.now() + deadlineMs
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const leftMs = Math.ceil(endMs - performance.now())
    try {
      if (leftMs <= 0)
        throw new DatabaseTimeout(`The transaction took longer than ${deadlineMs} ms.`)
      return await pool.begin((connection) => work(databaseOn(connection)), leftMs)
    } catch (error) {
      if (error instanceof CommitUnknown) {
        if (await wasCommitted(pool, error, endMs)) return error.result as T
      } else if (!isLost(error) && !CONFLICTS.has(codeOf(error) ?? '')) throw error
      if (performance.now() + pauseMs >= endMs) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

/** @throws the given error when that cannot be found out before the deadline. */
async function wasCommitted(
  pool: Pool,
  unknown: CommitUnknown<unknown>,
  endMs: number,
): Promise<boolean> {
  for (
    let pauseMs = 5;
    performance.now() < endMs;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  ) {
    try {
      const [row] = await pool.use((connection) =>
        connection.send('select pg_xact_status($1::xid8) as status', [unknown.id]),
      )
      if (row?.status !== 'in progress') return row?.status === 'committed'
    } catch (error) {
      if (!isLost(error)) throw unknown
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  throw unknown
}
