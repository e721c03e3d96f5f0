const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** When a stage began, and whether a record says so or we only saw it first then. */
export type StageStart = { at: number; dated: boolean }

/**
 * When the present stage began: the first of the registry's dates that fits, else when we first saw the stage. A date fits
 * when it lies before the first sight by no more than the stage can last; anything else is the date of another event.
 */
export function stageStart(
  firstSeen: number,
  lastsDays: number,
  dates: readonly (number | null)[],
): StageStart {
  const fits = (at: number | null) =>
    at !== null && at <= firstSeen + HOUR_MS && at >= firstSeen - lastsDays * DAY_MS
  const at = dates.find(fits) ?? null
  return at === null ? { at: firstSeen, dated: false } : { at, dated: true }
}
