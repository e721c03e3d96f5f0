import { Connection } from './connection.ts'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 5_000

/**
 * Hears the notifications of one channel, over a connection of its own that is renewed when it is lost.
 * @param missed called after each renewal, since notifications may have been missed meanwhile.
 * @returns the function that ends it.
 * @throws when the first connection fails.
 */
export async function listenTo(
  url: string,
  channel: string,
  heard: (payload: string) => void,
  missed: () => void,
): Promise<() => Promise<void>> {
  const ended = new AbortController()
  const connect = async () => {
    const connection = new Connection(url, (_, payload) => heard(payload))
    await connection.send(`listen "${channel.replaceAll('"', '""')}"`)
    return connection
  }
  let current = await connect()

  const renew = async () => {
    for (let pauseMs = FIRST_PAUSE_MS; !ended.signal.aborted; ) {
      await current.gone
      await pause(pauseMs, ended.signal)
      if (ended.signal.aborted) return
      try {
        current = await connect()
        pauseMs = FIRST_PAUSE_MS
        missed()
      } catch {
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      }
    }
  }
  const renewing = renew()

  return async () => {
    ended.abort()
    await current.close()
    await renewing
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
