import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AnchoredClock } from '../../src/clock.ts'
import { clockRoutes, leadToTld, type Routes } from '../../src/sandbox/clock-server.ts'
import { listen } from '../../src/sandbox/listen.ts'

async function serve(routes: Routes): Promise<string> {
  const server = createServer((request, response) => {
    if (!routes(request, response)) response.writeHead(404).end(request.url)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${await listen(server)}`
}

const standing = () => new AnchoredClock({ wallMs: 0, atMs: 1_000, speed: 1 }, () => 0)

describe('the clock over HTTP', () => {
  it('shows its anchor', async () => {
    const origin = await serve(clockRoutes(standing()))
    expect(await (await fetch(`${origin}/clock`)).json()).toEqual({
      wallMs: 0,
      atMs: 1_000,
      speed: 1,
    })
  })

  it('streams its anchor at once and at each move, and forgets who has gone', async () => {
    const clock = standing()
    const origin = await serve(clockRoutes(clock))
    const leaving = new AbortController()
    const stream = await fetch(`${origin}/clock/stream`, { signal: leaving.signal })
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toBe('data: {"wallMs":0,"atMs":1000,"speed":1}\n\n')
    clock.leapTo(new Date(5_000))
    expect((await reader.read()).value).toBe('data: {"wallMs":0,"atMs":5000,"speed":1}\n\n')
    leaving.abort()
    await expect(reader.read()).rejects.toThrow()
  })

  it('takes no other method, and leaves other paths to others', async () => {
    const origin = await serve(clockRoutes(standing()))
    expect((await fetch(`${origin}/clock`, { method: 'POST' })).status).toBe(405)
    expect((await fetch(`${origin}/clocks`)).status).toBe(404)
  })
})

describe('the one RDAP base', () => {
  it.each([
    ['/domain/x-ray.org', '/org/v1/domain/x-ray.org'],
    ['/domain/X-RAY.ORG?a=b', '/org/v1/domain/X-RAY.ORG?a=b'],
    ['//domain/x-ray.fr', '/fr/v1/domain/x-ray.fr'],
    ['/org/v1/domain/x-ray.org', '/org/v1/domain/x-ray.org'],
    ['/domain/', '/domain/'],
    ['/help', '/help'],
  ])('leads %s to %s', async (asked, led) => {
    const origin = await serve(leadToTld)
    expect(await (await fetch(origin + asked)).text()).toBe(led)
  })
})
