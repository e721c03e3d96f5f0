import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A TCP line to a server on loopback on which answers can be made to take their time. */
export type SlowLine = {
  port: number /** From now on each answer arrives so much later. */
  delayBy(ms: number): void
}

/** @param to port of the server behind. It closes with the test. */
export async function openSlowLine(to: number): Promise<SlowLine> {
  let delayMs = 0
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    near.on('data', (chunk) => far.write(chunk))
    // Timers of one length fire in their order, and the length only grows.
    far.on('data', (chunk) => setTimeout(() => near.write(chunk), delayMs))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    delayBy(ms) {
      delayMs = Math.max(delayMs, ms)
    },
  }
}
