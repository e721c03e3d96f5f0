/** One thing that was looked into: what was found, and if it is wrong how to mend it. */
export type Finding = { check: string; found: string } & (
  | { ok: true }
  | { ok: false; remedy: string }
)

export const ok = (check: string, found: string): Finding => ({ check, found, ok: true })
export const failed = (check: string, found: string, remedy: string): Finding => ({
  check,
  found,
  ok: false,
  remedy,
})

/** Farther apart, looks and shots would lie beside the drop. */
const MOST_DRIFT_MS = 2_000

/** Compares a clock with this host's. */
export function examineDrift(check: string, driftMs: number): Finding {
  const said = `${Math.round(Math.abs(driftMs))} ms from this host’s`
  if (Math.abs(driftMs) <= MOST_DRIFT_MS) return ok(check, said)
  return failed(check, said, 'Keep both hosts in time by NTP.')
}
