import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openAccess } from '../../src/dashboard/access.ts'
import { type Hearer, Live } from '../../src/dashboard/live.ts'
import { streamNews } from '../../src/dashboard/stream.ts'
import { appendEvent } from '../../src/store/outbox.ts'
import { NOW, openDashboard, type TestDashboard } from './server.ts'

let dashboard: TestDashboard
beforeAll(async () => {
  dashboard = await openDashboard()
})
afterAll(() => dashboard.close())

type News = { about: string[]; moved: boolean; now: number; speed: number }

/** Opens `/live` over a socket. @returns the function that waits for the next news. */
async function openStream(url: string): Promise<() => Promise<News>> {
  const leave = new AbortController()
  onTestFinished(() => leave.abort())
  const answer = await fetch(`${url}/live`, { signal: leave.signal })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const message = async (): Promise<string> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const one = text.slice(0, end)
        text = text.slice(end + 2)
        return one
      }
      const { value, done } = await reader.read()
      if (done) throw new Error('The stream has ended.')
      text += value
    }
  }
  expect(await message()).toBe('retry: 2000')
  return async () => {
    for (;;) {
      const data = /^event: news\ndata: (.*)$/m.exec(await message())
      if (data) return JSON.parse(data[1]!) as News
    }
  }
}

describe('/live', () => {
  it('tells of an event as soon as it is committed, with whom it is about', async () => {
    const next = await openStream(dashboard.url)
    const data = { name: 'maison.com', expiresAt: null, reason: 'Seen.' }
    await appendEvent(dashboard.db, 'name.renewed', 'name:maison.com', 'one', NOW, data)
    expect(await next()).toEqual({
      about: ['name:maison.com'],
      moved: false,
      now: NOW.getTime(),
      speed: 0,
    })
  })

  it('tells everybody who is there', async () => {
    const streams = await Promise.all(Array.from({ length: 8 }, () => openStream(dashboard.url)))
    const data = { watchId: 'w1', name: 'maison.net', reason: 'captured' }
    await appendEvent(dashboard.db, 'watch.ended', 'watch:w1', 'two', NOW, data)
    for (const news of await Promise.all(streams.map((next) => next())))
      expect(news.about).toEqual(['watch:w1', 'name:maison.net'])
  })

  it('tells when the clock leaps', async () => {
    const next = await openStream(dashboard.url)
    const later = new Date(NOW.getTime() + 86_400_000)
    dashboard.clock.leapTo(later)
    expect(await next()).toMatchObject({ moved: true, now: later.getTime() })
  })

  it('lets go of a page that was closed', async () => {
    const hearers: Hearer[] = []
    class Watched extends Live {
      override async join() {
        const hearer = await super.join()
        if (hearer) hearers.push(hearer)
        return hearer
      }
    }
    const { clock, listen } = dashboard
    const live = new Watched({ clock, listen, subjectsOf: async () => new Set(), report: () => {} })
    const access = openAccess({ open: true, authenticate: async () => null })
    const app = new Hono().get('/live', (c) => streamNews(c, { live, clock, access }))
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const page = new AbortController()
    const { port } = server.address() as AddressInfo
    await fetch(`http://127.0.0.1:${port}/live`, { signal: page.signal })
    expect(hearers.map(({ hasLeft }) => hasLeft)).toEqual([false])
    page.abort()
    await vi.waitFor(() => expect(hearers.map(({ hasLeft }) => hasLeft)).toEqual([true]))
  })
})
