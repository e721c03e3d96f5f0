import { AnchoredClock, type Clock } from '../clock.ts'
import type { OpenDatabase } from '../store/connect.ts'

/** What an open page hears: whom events were about since it heard last, and whether the clock leapt. */
export type News = { about: readonly string[]; moved: boolean }

/** One open page. */
export type Hearer = {
  /** Resolves with what happened since the last call, or with null after `patienceMs` of silence or once it left. */
  next(patienceMs: number): Promise<News | null>
  leave(): void
  readonly hasLeft: boolean
}

export type LiveDeps = {
  clock: Clock
  listen: OpenDatabase['listen']
  /** What events are about, asked once for all pages. */
  subjectsOf(seqs: readonly number[]): Promise<Set<string>>
  /** Ends every stream. */
  signal?: AbortSignal | undefined
  report(fault: unknown): void
}

/** Written by `append_event` at the commit of each event. */
const CHANNEL = 'vigie_events'
/** Events in quick succession are read together. */
const GATHER_MS = 60
/** More than this at once concerns everybody. */
const MOST_AT_ONCE = 500
/** Open pages at most: each holds a connection. */
const MOST_HEARERS = 500

/**
 * Tells open pages what happens. However many there are, they share one listener and one query a batch, and each keeps
 * at most one unread message: what a slow page has not read yet is merged.
 */
export class Live {
  /** Grows with everything that may change a page. */
  revision = 0
  readonly #deps: LiveDeps
  readonly #hearers = new Set<QueuedHearer>()
  #listening: Promise<void> | null = null
  #heard = new Set<number>()
  #gathering: NodeJS.Timeout | null = null

  constructor(deps: LiveDeps) {
    this.#deps = deps
    if (deps.clock instanceof AnchoredClock) {
      const stop = deps.clock.onMove(() => this.#tell({ about: [], moved: true }))
      deps.signal?.addEventListener('abort', stop)
    }
    deps.signal?.addEventListener('abort', () => {
      for (const hearer of [...this.#hearers]) hearer.leave()
    })
  }

  /** How fast the clock runs. */
  get speed(): number {
    return this.#deps.clock instanceof AnchoredClock ? this.#deps.clock.anchor.speed : 1
  }

  /** Joins; the first to join starts the listener. @returns null when there are too many pages or the server ends. */
  async join(): Promise<Hearer | null> {
    if (this.#hearers.size >= MOST_HEARERS || this.#deps.signal?.aborted) return null
    this.#listening ??= this.#listen()
    await this.#listening
    if (this.#deps.signal?.aborted) return null
    const hearer = new QueuedHearer(() => this.#hearers.delete(hearer))
    this.#hearers.add(hearer)
    return hearer
  }

  async #listen(): Promise<void> {
    try {
      const stop = await this.#deps.listen(
        CHANNEL,
        (payload) => this.#gather(Number(payload)),
        () => this.#tell({ about: ['*'], moved: false }),
      )
      this.#deps.signal?.addEventListener('abort', () => void stop().catch(this.#deps.report))
    } catch (fault) {
      this.#listening = null
      throw fault
    }
  }

  #gather(seq: number): void {
    this.#heard.add(seq)
    this.#gathering ??= setTimeout(() => void this.#read(), GATHER_MS)
  }

  async #read(): Promise<void> {
    this.#gathering = null
    const seqs = [...this.#heard]
    this.#heard = new Set()
    let about: readonly string[] = ['*']
    try {
      if (seqs.length <= MOST_AT_ONCE) about = [...(await this.#deps.subjectsOf(seqs))]
    } catch (fault) {
      this.#deps.report(fault)
    }
    this.#tell({ about, moved: false })
  }

  #tell(news: News): void {
    this.revision++
    for (const hearer of this.#hearers) hearer.hear(news)
  }
}

class QueuedHearer implements Hearer {
  hasLeft = false
  #unread: News | null = null
  #wake: (() => void) | null = null
  readonly #onLeave: () => void

  constructor(onLeave: () => void) {
    this.#onLeave = onLeave
  }

  hear({ about, moved }: News): void {
    const merged = new Set([...(this.#unread?.about ?? []), ...about])
    this.#unread = {
      about: merged.size > MOST_AT_ONCE ? ['*'] : [...merged],
      moved: moved || (this.#unread?.moved ?? false),
    }
    this.#wake?.()
  }

  async next(patienceMs: number): Promise<News | null> {
    if (!this.#unread && !this.hasLeft) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#wake = null
    }
    const unread = this.#unread
    this.#unread = null
    return this.hasLeft ? null : unread
  }

  leave(): void {
    this.hasLeft = true
    this.#onLeave()
    this.#wake?.()
  }
}
