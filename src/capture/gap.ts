/** How much earlier a rival was, in milliseconds. */
export type Gap = { from: number; to: number }

/** A registration older than this was not made in our race, and a clock less certain than this tells nothing. */
const LONGEST_MS = 86_400_000

/**
 * The lead of a rival as the interval that the published creation date allows: a date without milliseconds may be any
 * instant of its second.
 * @param rivalAt creation date of the rival's registration, by the registry's clock.
 * @param oursAt when our command reached the registry at the latest, by our clock.
 * @param offsetMs registry clock minus ours. @param uncertaintyMs of that offset.
 * @returns null when it cannot be told within a day.
 */
export function leadOf(
  rivalAt: Date,
  oursAt: Date,
  offsetMs: number,
  uncertaintyMs: number,
): Gap | null {
  const wholeSeconds = rivalAt.getMilliseconds() === 0
  const earliest = rivalAt.getTime()
  const latest = earliest + (wholeSeconds ? 999 : 0)
  const ours = oursAt.getTime() + offsetMs
  const to = Math.max(0, Math.round(ours - earliest + uncertaintyMs))
  if (!(to <= LONGEST_MS)) return null
  return { from: Math.max(0, Math.round(ours - latest - uncertaintyMs)), to }
}
