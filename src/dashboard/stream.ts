import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Clock } from '../clock.ts'
import type { Access } from './access.ts'
import type { Live } from './live.ts'

/** Silence that proxies and browsers bear without hanging up. */
const HEARTBEAT_MS = 15_000
/** After a lost stream a browser comes back this soon. */
const COME_BACK_MS = 2_000

/** `/live`: server-sent events of type `news`, `{about, moved, now, speed}`, until either side leaves. */
export async function streamNews(
  c: Context,
  { live, clock, access }: { live: Live; clock: Clock; access: Access },
): Promise<Response> {
  const hearer = await live.join()
  if (!hearer)
    return c.text('Too many open pages; try again later.\n', 503, { 'retry-after': '30' })
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    stream.onAbort(() => hearer.leave())
    await stream.write(`retry: ${COME_BACK_MS}\n\n`)
    while (!hearer.hasLeft) {
      const news = await hearer.next(HEARTBEAT_MS)
      if (hearer.hasLeft) return
      if (news) {
        const now = clock.now().getTime()
        await stream.writeSSE({
          event: 'news',
          data: JSON.stringify({ ...news, now, speed: live.speed }),
        })
        continue
      }
      await stream.write(': all quiet\n\n')
      // A session may end while its page stays open.
      if (!(await access.visitor(c))) hearer.leave()
    }
  })
}
