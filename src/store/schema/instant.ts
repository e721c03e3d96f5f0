import { timestamp } from 'drizzle-orm/pg-core'

/** A `timestamptz` with milliseconds, in the time of the clock that Vigie lives by unless its column says otherwise. */
export const instant = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
