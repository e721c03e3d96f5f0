import { domainToASCII } from 'node:url'
import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Extension } from '../domain/name.ts'
import type { Phase } from '../domain/phase.ts'
import type { Verdict } from '../domain/verdict.ts'
import type { Database } from './connect.ts'
import type { NameRow } from './names.ts'
import { dropsFrom, type Race, raceColumns, raceOf, undecidedOf } from './overview.ts'
import { names } from './schema/watching.ts'

export const NAME_ORDERS = ['drop', 'name', 'look'] as const
/** States of a name that nobody holds as far as we know, so that it has no phase. */
export const NAME_STATES = [
  'free',
  'unconfirmed',
  'dropzone',
  'reserved',
  'unknown',
  'invalid',
] as const satisfies readonly Verdict['state'][]

/** Which names are wanted, and in which order: by soonest drop, by name, by next look. */
export type NameFilter = {
  /** Part of the name as A-label or U-label; empty is any. */
  text: string
  extension: Extension | null
  /** A phase, or a state in which there is no phase. */
  stage: Phase | (typeof NAME_STATES)[number] | null
  order: (typeof NAME_ORDERS)[number]
}

export type ListedName = NameRow & { capture: Race | null }

/** One page of the watched names, and how many there are in all. @param page counts from 1. */
export async function listNames(
  db: Database,
  filter: NameFilter,
  page: number,
  perPage: number,
): Promise<{ rows: ListedName[]; total: number }> {
  const undecided = undecidedOf(db)
  const where = conditionOf(filter)
  const order: Record<NameFilter['order'], SQL> = {
    drop: sql`${dropsFrom(undecided)} asc nulls last`,
    name: sql`${names.name} asc`,
    look: sql`${names.nextLookAt} asc nulls last`,
  }
  const [rows, [counted]] = await Promise.all([
    db
      .select({ row: names, ...raceColumns(undecided) })
      .from(names)
      .leftJoinLateral(undecided, sql`true`)
      .where(where)
      .orderBy(order[filter.order], asc(names.name))
      .limit(perPage)
      .offset((page - 1) * perPage),
    db.select({ total: sql<number>`count(*)::int` }).from(names).where(where),
  ])
  return {
    rows: rows.map(({ row, ...joined }) => ({ ...row, capture: raceOf(joined) })),
    total: counted?.total ?? 0,
  }
}

function conditionOf({ text, extension, stage }: NameFilter): SQL | undefined {
  return and(
    text === '' ? undefined : or(contains(names.unicode, text), containsAscii(text)),
    extension ? eq(names.extension, extension) : undefined,
    stage
      ? or(
          eq(names.phase, stage as Phase),
          and(isNull(names.phase), eq(names.state, stage as Verdict['state'])),
        )
      : undefined,
  )
}

/** A typed U-label is also looked for by its A-label, which is the key. */
function containsAscii(text: string): SQL {
  return contains(names.name, domainToASCII(text) || text)
}

const contains = (column: typeof names.unicode | typeof names.name, text: string): SQL =>
  sql`${column} ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`
