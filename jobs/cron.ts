/** When the scheduler rings, in node-cron's six fields (seconds first), by the host's own clock. */
export const SCHEDULE = {
  /** Whatever is due in Postgres becomes a job. */
  sweep: '* * * * * *',
  /** Retention. */
  upkeep: '17 43 3 * * *',
} as const
