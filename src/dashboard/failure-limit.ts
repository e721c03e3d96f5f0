/** Failed attempts that somebody may make in a minute. */
const FAILURES = 5
/** And all together, so that many addresses do not help. */
const FAILURES_OF_ALL = 60
const MINUTE_MS = 60_000

/** Counts failed sign-ins by address over the last minute. */
export class FailureLimit {
  readonly #failures = new Map<string, number[]>()
  readonly #ticks: () => number

  constructor(ticks: () => number = () => performance.now()) {
    this.#ticks = ticks
  }

  /** Seconds to wait before another attempt; 0 is now. */
  waitSeconds(address: string): number {
    const now = this.#ticks()
    for (const [who, at] of this.#failures) {
      const recent = at.filter((tick) => now - tick < MINUTE_MS)
      if (recent.length > 0) this.#failures.set(who, recent)
      else this.#failures.delete(who)
    }
    const all = [...this.#failures.values()].flat().sort((a, b) => a - b)
    const own = this.#failures.get(address) ?? []
    const blocking = own.length >= FAILURES ? own.at(-FAILURES) : all.at(-FAILURES_OF_ALL)
    return blocking === undefined ? 0 : Math.ceil((MINUTE_MS - (now - blocking)) / 1_000)
  }

  failed(address: string): void {
    this.#failures.set(address, [...(this.#failures.get(address) ?? []), this.#ticks()])
  }
}
