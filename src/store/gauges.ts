import { sql } from 'drizzle-orm'
import type { Database } from './connect.ts'

/** One reading: a family, its labels, a figure. */
export type Gauge = { family: keyof typeof FAMILIES; labels: Record<string, string>; value: number }

/** What is measured, in the words of the metrics page. */
export const FAMILIES = {
  vigie_watches: { help: 'Watches by state.', labels: ['state'] },
  vigie_names: { help: 'Watched names by extension and phase.', labels: ['extension', 'phase'] },
  vigie_names_overdue: {
    help: 'Watched names whose look is due for more than a minute.',
    labels: [],
  },
  vigie_names_silent: {
    help: 'Watched names whose last three looks brought no answer.',
    labels: [],
  },
  vigie_captures: { help: 'Captures by state.', labels: ['state'] },
  vigie_deliveries: { help: 'Webhook deliveries by state.', labels: ['state'] },
  vigie_hosts_paused: { help: 'Hosts that pause for everybody.', labels: [] },
  vigie_switches_on: { help: 'Stop switches that stop something.', labels: [] },
} as const

/** Reads every gauge in one query. @param now of the clock that Vigie lives by. */
export async function readGauges(db: Database, now: Date): Promise<Gauge[]> {
  const overdue = new Date(now.getTime() - 60_000).toISOString()
  const rows = await db.execute<{
    family: string
    labels: Record<string, string>
    value: number
  }>(sql`
    select 'vigie_watches' as family, jsonb_build_object('state', state) as labels, count(*)::int as value
      from watches group by state
    union all select 'vigie_names', jsonb_build_object('extension', extension, 'phase', coalesce(phase, state)), count(*)::int
      from names where open_watches > 0 group by extension, coalesce(phase, state)
    union all select 'vigie_names_overdue', '{}', count(*)::int
      from names where open_watches > 0 and next_look_at < ${overdue}
    union all select 'vigie_names_silent', '{}', count(*)::int
      from names where open_watches > 0 and silent_looks >= 3
    union all select 'vigie_captures', jsonb_build_object('state', state), count(*)::int from captures group by state
    union all select 'vigie_deliveries', jsonb_build_object('state', state), count(*)::int from deliveries group by state
    union all select 'vigie_hosts_paused', '{}', count(*)::int from permits where paused_until > clock_timestamp()
    union all select 'vigie_switches_on', '{}', count(*)::int from switches where stopped`)
  return [...rows] as Gauge[]
}

/** Whether the database answers. */
export async function isReachable(db: Database): Promise<boolean> {
  return db.execute(sql`select 1`).then(
    () => true,
    () => false,
  )
}
