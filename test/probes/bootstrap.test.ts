import { describe, expect, it } from 'vitest'
import { findBase, freshnessMs, openBootstrap, readBootstrap } from '../../src/probes/bootstrap.ts'
import type { HttpAnswer } from '../../src/probes/http-get.ts'

const file = JSON.stringify({
  version: '1.0',
  publication: '2026-01-01T00:00:00Z',
  services: [
    [
      ['com', 'net'],
      ['http://plain.example/v1/', 'https://safe.example/v1/'],
    ],
    [['co.uk'], ['https://second.example/']],
    [['uk'], ['https://first.example/']],
    [['broken'], ['not a URL']],
  ],
})

describe('a bootstrap file', () => {
  const entries = readBootstrap(file)

  it('names the https base before the http one', () => {
    expect(findBase(entries, 'a.com')).toBe('https://safe.example/v1/')
  })

  it('is searched for the longest match', () => {
    expect(findBase(entries, 'a.co.uk')).toBe('https://second.example/')
    expect(findBase(entries, 'a.org.uk')).toBe('https://first.example/')
  })

  it.each(['a.eu', 'a.broken', 'com.example'])('knows no server for %s', (name) => {
    expect(findBase(entries, name)).toBeNull()
  })

  it.each(['', '[]', '{"version":"1.0"}', '<html>'])('is refused when it is %j', (text) => {
    expect(() => readBootstrap(text)).toThrow()
  })
})

describe('the bootstrap cache', () => {
  const answer = (status: number, headers: HttpAnswer['headers'] = {}): HttpAnswer => ({
    url: new URL('https://data.example/dns.json'),
    status,
    headers,
    body: Buffer.from(status === 200 ? file : ''),
  })

  /** A cache whose answers come from a list, with a clock to move. */
  function cache(answers: (HttpAnswer | Error)[]) {
    let ms = 0
    const sent: Record<string, string>[] = []
    const clock = { now: () => new Date(ms), until: async () => undefined }
    const bootstrap = openBootstrap(async (headers) => {
      sent.push({ ...headers })
      const next = answers.shift()
      if (!next || next instanceof Error) throw next ?? new Error('asked once too often')
      return next
    }, clock)
    const pass = (seconds: number) => {
      ms += seconds * 1_000
    }
    return { bootstrap, sent, pass }
  }

  it('asks once for everybody who waits', async () => {
    const { bootstrap, sent } = cache([answer(200)])
    await Promise.all([bootstrap.baseOf('a.com'), bootstrap.baseOf('b.net')])
    expect(sent).toHaveLength(1)
  })

  it('keeps the file as long as its headers say, then asks whether it changed', async () => {
    const { bootstrap, sent, pass } = cache([
      answer(200, { 'cache-control': 'public, max-age=60', etag: '"1"' }),
      answer(304, { 'cache-control': 'max-age=60' }),
    ])
    await bootstrap.baseOf('a.com')
    pass(59)
    await bootstrap.baseOf('a.com')
    expect(sent).toEqual([{}])
    pass(2)
    expect(await bootstrap.baseOf('a.com')).toBe('https://safe.example/v1/')
    expect(sent).toEqual([{}, { 'if-none-match': '"1"' }])
  })

  it('serves the old file when a new one cannot be had', async () => {
    const { bootstrap, pass } = cache([
      answer(200, { 'cache-control': 'max-age=1' }),
      new Error('down'),
    ])
    await bootstrap.baseOf('a.com')
    pass(5)
    expect(await bootstrap.baseOf('a.com')).toBe('https://safe.example/v1/')
  })

  it('fails while there never was a file, and asks again', async () => {
    const { bootstrap } = cache([new Error('down'), answer(500), answer(200)])
    await expect(bootstrap.baseOf('a.com')).rejects.toThrow('down')
    await expect(bootstrap.baseOf('a.com')).rejects.toThrow('HTTP 500')
    expect(await bootstrap.baseOf('a.com')).toBe('https://safe.example/v1/')
  })

  it.each([
    [{ 'cache-control': 'max-age=100', age: '40' }, 60_000],
    [{ 'cache-control': 'no-store, max-age=100' }, 0],
    [{ expires: 'Sun, 01 Mar 2026 12:01:00 GMT', date: 'Sun, 01 Mar 2026 12:00:00 GMT' }, 60_000],
    [{}, null],
  ])('reads %j as %s ms', (headers, ms) => {
    expect(freshnessMs(headers)).toBe(ms)
  })
})
