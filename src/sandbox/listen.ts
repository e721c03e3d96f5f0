import type { AddressInfo, Server } from 'node:net'

/**
 * Listens on 127.0.0.1 and nowhere else: on the wanted port, as of the last start, while it is free, else on any.
 * @returns the port.
 */
export async function listen(server: Server, wanted = 0): Promise<number> {
  try {
    await listenOn(server, wanted)
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (wanted === 0 || !taken) throw error
    await listenOn(server, 0)
  }
  return (server.address() as AddressInfo).port
}

const listenOn = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
