import { inArray } from 'drizzle-orm'
import type { Database } from './connect.ts'
import { events } from './schema/telling.ts'

/** What some events are about: their own subjects, and the names and orders they tell of, as subjects. */
export async function subjectsOf(db: Database, seqs: readonly number[]): Promise<Set<string>> {
  const rows = await db
    .select({ subject: events.subject, data: events.data })
    .from(events)
    .where(inArray(events.seq, [...seqs]))
  return new Set(
    rows.flatMap(({ subject, data }) => {
      const { name, orderId, watchId } = data as Record<string, unknown>
      return [
        subject,
        ...(typeof name === 'string' ? [`name:${name}`] : []),
        ...(typeof orderId === 'string' ? [`order:${orderId}`] : []),
        ...(typeof watchId === 'string' ? [`watch:${watchId}`] : []),
      ]
    }),
  )
}
