import { z } from '@hono/zod-openapi'
import { type Parsed, parsed, rejected } from '../domain/problem.ts'
import { readBy } from '../orders/text.ts'

/** Where a page ended: an instant and an id, so that rows that come in meanwhile shift nothing. */
export type Position = { at: Date; id: string }

const Stored = z.tuple([z.number().int().min(0).max(8.64e15), z.uuid()])

/** What every list takes: how many, and where the page before ended. */
export const PageQuery = {
  limit: z.coerce
    .number('Must be a whole number from 1 to 200.')
    .int('Must be a whole number from 1 to 200.')
    .min(1, 'Must be a whole number from 1 to 200.')
    .max(200, 'Must be a whole number from 1 to 200.')
    .default(50)
    .openapi({ type: 'integer', minimum: 1, maximum: 200, default: 50 }),
  cursor: z
    .string()
    .max(200)
    .transform(readBy(readCursor))
    .optional()
    .openapi({ description: '`nextCursor` of the page before.' }),
}

/** A page of items; `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/**
 * Cuts a page from rows of which one more than the limit was read.
 * @param positionOf where a row stands in the list's order.
 */
export function cutPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position,
  view: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last ? writeCursor(positionOf(last)) : null
  return { items: shown.map(view), nextCursor }
}

const writeCursor = ({ at, id }: Position): string =>
  Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url')

function readCursor(text: string): Parsed<Position> {
  try {
    const read = Stored.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    if (read.success) return parsed({ at: new Date(read.data[0]), id: read.data[1] })
  } catch {
    // Not even JSON: the same answer.
  }
  return rejected('cursor', 'cursor-malformed', 'Must be the nextCursor of the page before.')
}
