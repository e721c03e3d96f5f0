import { EventSource } from 'eventsource'
import { z } from 'zod'
import { type Anchor, AnchoredClock } from '../src/clock.ts'
import type { Log } from '../src/log.ts'

const AnchorMessage = z.object({
  wallMs: z.number(),
  atMs: z.number(),
  speed: z.number().positive(),
})

/** The clock that Vigie lives by in the sandbox. */
export type FollowedClock = { clock: AnchoredClock; close(): void }

/**
 * Follows the sandbox's leaping clock over its event stream. While the stream is away the clock runs on at its last speed.
 * @param url the `clock` of the sandbox's first line. Rejects when the clock cannot be read at all.
 */
export async function followSandboxClock(url: string, log: Log): Promise<FollowedClock> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) })
  const clock = new AnchoredClock(AnchorMessage.parse(await answer.json()))
  const stream = new EventSource(`${url}/stream`)
  stream.addEventListener('message', ({ data }) => {
    const anchor: Anchor = AnchorMessage.parse(JSON.parse(data))
    clock.move(anchor)
  })
  stream.addEventListener('error', ({ message }) =>
    log.warn({ url, message }, 'clock stream lost; trying again'),
  )
  return { clock, close: () => stream.close() }
}
