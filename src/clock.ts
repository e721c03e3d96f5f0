/** Time as it is passed in. Nothing in Vigie asks the system for the time by itself. */
export type Clock = {
  now(): Date
  /** Resolves once the clock has reached `at`, leaps included; rejects with the signal's reason when aborted. */
  until(at: Date, signal?: AbortSignal): Promise<void>
}

/** Longest single timer: Node's own cap is 2^31-1 ms, a day is plenty and lets a changed system clock be seen. */
const LONGEST_TIMER_MS = 86_400_000

/**
 * A clock that runs at a constant speed from an anchor and can be moved to another one: the sandbox's clock, and the
 * clock of everybody who lives by it. At speed 1 without a leap it is the system clock.
 */
export class AnchoredClock implements Clock {
  #anchor: Anchor
  readonly #wall: () => number
  readonly #listeners = new Set<(anchor: Anchor) => void>()

  constructor(anchor: Anchor, wall: () => number = Date.now) {
    this.#anchor = anchor
    this.#wall = wall
  }

  get anchor(): Anchor {
    return this.#anchor
  }

  now(): Date {
    const { wallMs, atMs, speed } = this.#anchor
    return new Date(atMs + (this.#wall() - wallMs) * speed)
  }

  /** Moves the clock; everybody who waits in `until` looks again. */
  move(anchor: Anchor): void {
    this.#anchor = anchor
    for (const listener of [...this.#listeners]) listener(anchor)
  }

  /** Jumps to an instant and runs on at the same speed. */
  leapTo(at: Date): void {
    this.move({ ...this.#anchor, wallMs: this.#wall(), atMs: at.getTime() })
  }

  /** Calls back at each move. @returns the function that ends it. */
  onMove(listener: (anchor: Anchor) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  until(at: Date, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined
      const stop = () => {
        clearTimeout(timer)
        unlisten()
        signal?.removeEventListener('abort', onAbort)
      }
      const onAbort = () => {
        stop()
        reject(signal?.reason)
      }
      const look = () => {
        clearTimeout(timer)
        const left = (at.getTime() - this.now().getTime()) / this.#anchor.speed
        if (left > 0) {
          timer = setTimeout(look, Math.min(Math.ceil(left), LONGEST_TIMER_MS))
          return
        }
        stop()
        resolve()
      }
      const unlisten = this.onMove(look)
      if (signal?.aborted) return onAbort()
      signal?.addEventListener('abort', onAbort)
      look()
    })
  }
}

/** At wall time `wallMs` (epoch ms of this host) the clock shows `atMs` and runs at `speed` seconds a second. */
export type Anchor = { wallMs: number; atMs: number; speed: number }

/** The host's own clock. */
export const systemClock: Clock = new AnchoredClock({ wallMs: 0, atMs: 0, speed: 1 })
