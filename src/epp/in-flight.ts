import type { Message } from './response.ts'

/** What became of a command (`Response`) or a hello (`Greeting`). */
export type Reply<T> = {
  clTRID: string | null
  /** Null: it never left, so that the registry cannot have executed it. */
  sentAt: Date | null
  answeredAt: Date | null
  /** Null: no answer; `why` says what happened instead. */
  answer: T | null
  why: string
}

/** One command or hello on its way. */
export type Waiting = {
  /** What answers it: a hello is answered by a greeting. */
  expects: Message['kind']
  clTRID: string | null
  xml: string
  /** Null until it left. */
  sentAt: Date | null
  sentWallMs: number
  timer: NodeJS.Timeout | null
  /** Null once settled: it then only keeps its place in the order. */
  settle: ((message: Message | null, at: Date | null, why: string) => void) | null
}

/** What was sent and has not been answered, oldest first, those that ran out of time included. */
export class InFlight {
  #sent: Waiting[] = []

  add(waiting: Waiting): void {
    this.#sent.push(waiting)
  }

  /** Whether anybody still waits. */
  get busy(): boolean {
    return this.#sent.some((waiting) => waiting.settle !== null)
  }

  /**
   * Takes out what a message answers: by the clTRID it echoes; else the oldest that expects such a message.
   * @returns null when it answers nothing of ours.
   */
  take(message: Message): Waiting | null {
    const echoed = message.kind === 'response' ? message.response.clTRID : null
    const at = this.#sent.findIndex(
      (waiting) =>
        waiting.expects === message.kind && (echoed === null || waiting.clTRID === echoed),
    )
    return at < 0 ? null : (this.#sent.splice(at, 1)[0] ?? null)
  }

  /** Takes out everything. */
  drain(): Waiting[] {
    const all = this.#sent
    this.#sent = []
    return all
  }
}
