import { createServer, type RequestListener } from 'node:http'
import { onTestFinished } from 'vitest'

/** A web server on loopback that says what a test wants; it closes when the test ends. @returns its origin. */
export async function serveWeb(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
