import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * A TCP line on loopback that passes everything on until it is time; from then on no answer comes back, and nobody hangs up.
 * It closes with the test.
 * @param to port of the server behind.
 * @param isTime asked before each answer is passed on.
 * @returns its port.
 */
export async function openHeldLine(to: number, isTime: () => Promise<boolean>): Promise<number> {
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
    near.pipe(far)
    let passed = Promise.resolve()
    far.on('data', (chunk) => {
      passed = passed.then(async () => {
        if (!(await isTime())) near.write(chunk)
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
