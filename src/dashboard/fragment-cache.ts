/** How long a fragment that nothing has changed is handed out again. */
const KEEP_MS = 1_000
/** Different addresses kept at once. */
const MOST = 100

/** A fragment as it is answered. */
export type Fragment = { status: 200 | 400 | 404 | 429 | 503; html: string }

type Kept = { revision: number; madeAt: number; fragment: Promise<Fragment> }

/**
 * The same page fetched by many at once is drawn once. A fragment is only as good as the revision it was drawn at, so
 * nobody is given one from before the event that made him ask.
 */
export class FragmentCache {
  readonly #kept = new Map<string, Kept>()
  readonly #ticks: () => number

  /** @param ticks milliseconds of a clock that never leaps. */
  constructor(ticks: () => number = () => performance.now()) {
    this.#ticks = ticks
  }

  get(address: string, revision: number, draw: () => Promise<Fragment>): Promise<Fragment> {
    const now = this.#ticks()
    const kept = this.#kept.get(address)
    if (kept && kept.revision === revision && now - kept.madeAt < KEEP_MS) return kept.fragment
    const fragment = draw()
    this.#kept.delete(address)
    this.#kept.set(address, { revision, madeAt: now, fragment })
    fragment.catch(() => this.#kept.delete(address))
    const oldest = this.#kept.keys().next().value
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest)
    return fragment
  }
}
