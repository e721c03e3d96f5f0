/** How much earlier a rival was, in milliseconds. */
export type Gap = { from: number; to: number }

/**
 * The lead of a rival as the interval that the published creation date allows: a date without milliseconds may be any
 * instant of its second.
 * @param rivalAt creation date of the rival's registration, by the registry's clock.
 * @param oursAt when our command reached the registry at the latest, by our clock.
 * @param offsetMs registry clock minus ours. @param uncertaintyMs of that offset.
 */
export function leadOf(rivalAt: Date, oursAt: Date, offsetMs: number, uncertaintyMs: number): Gap {
  const wholeSeconds = rivalAt.getMilliseconds() === 0
  const earliest = rivalAt.getTime()
  const latest = earliest + (wholeSeconds ? 999 : 0)
  const ours = oursAt.getTime() + offsetMs
  return {
    from: Math.max(0, Math.round(ours - latest - uncertaintyMs)),
    to: Math.max(0, Math.round(ours - earliest + uncertaintyMs)),
  }
}
