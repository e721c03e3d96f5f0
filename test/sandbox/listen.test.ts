import { createServer, type Server } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { listen } from '../../src/sandbox/listen.ts'

function openServer(): Server {
  const server = createServer()
  onTestFinished(() => void server.close())
  return server
}

it('listens on the wanted port while it is free', async () => {
  const first = openServer()
  const port = await listen(first)
  await new Promise((closed) => first.close(closed))
  expect(await listen(openServer(), port)).toBe(port)
})

it('listens on another port when the wanted one is taken', async () => {
  const port = await listen(openServer())
  const other = await listen(openServer(), port)
  expect(other).not.toBe(port)
  expect(other).toBeGreaterThan(0)
})

it('listens on loopback only', async () => {
  const server = openServer()
  await listen(server)
  expect(server.address()).toMatchObject({ address: '127.0.0.1' })
})
