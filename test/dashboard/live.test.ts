import { describe, expect, it } from 'vitest'
import { AnchoredClock } from '../../src/clock.ts'
import { FragmentCache } from '../../src/dashboard/fragment-cache.ts'
import { Live, type News } from '../../src/dashboard/live.ts'

const PATIENCE_MS = 5_000

function openLive() {
  const ended = new AbortController()
  const clock = new AnchoredClock({ wallMs: 0, atMs: 0, speed: 1 })
  let tell: (payload: string) => void = () => {}
  let miss: () => void = () => {}
  const calls = { listen: 0, subjects: [] as (readonly number[])[], stopped: 0 }
  const live = new Live({
    clock,
    async listen(_channel, heard, missed) {
      calls.listen++
      tell = heard
      miss = missed ?? miss
      return async () => {
        calls.stopped++
      }
    },
    async subjectsOf(seqs) {
      calls.subjects.push(seqs)
      return new Set(seqs.map((seq) => `name:${seq}.com`))
    },
    signal: ended.signal,
    report: (fault) => {
      throw fault
    },
  })
  return { live, clock, calls, ended, tell: (seq: number) => tell(String(seq)), miss: () => miss() }
}

describe('Live', () => {
  it('asks once for a burst of events, however many pages are open', async () => {
    const { live, calls, tell } = openLive()
    const hearers = await Promise.all(Array.from({ length: 50 }, () => live.join()))
    for (let seq = 1; seq <= 20; seq++) tell(seq)
    const news = await Promise.all(hearers.map((hearer) => hearer!.next(PATIENCE_MS)))
    expect(calls.listen).toBe(1)
    expect(calls.subjects).toEqual([Array.from({ length: 20 }, (_, i) => i + 1)])
    for (const one of news) expect(one?.about).toHaveLength(20)
  })

  it('merges what a slow page has not read, and then falls silent', async () => {
    const { live, clock, tell } = openLive()
    const [slow, quick] = [await live.join(), await live.join()]
    tell(1)
    await quick!.next(PATIENCE_MS)
    tell(2)
    await quick!.next(PATIENCE_MS)
    clock.leapTo(new Date(1e9))
    const merged: News = { about: ['name:1.com', 'name:2.com'], moved: true }
    expect(await slow!.next(PATIENCE_MS)).toEqual(merged)
    expect(await slow!.next(1)).toBeNull()
  })

  it('makes every page look again when notifications may have been missed', async () => {
    const { live, miss } = openLive()
    const hearer = await live.join()
    miss()
    expect(await hearer!.next(PATIENCE_MS)).toEqual({ about: ['*'], moved: false })
  })

  it('lets everybody go and stops listening when the server ends', async () => {
    const { live, calls, ended } = openLive()
    const hearer = await live.join()
    const waiting = hearer!.next(PATIENCE_MS)
    ended.abort()
    expect(await waiting).toBeNull()
    expect(hearer!.hasLeft).toBe(true)
    expect(calls.stopped).toBe(1)
    expect(await live.join()).toBeNull()
  })

  it('says how fast the clock runs', () => {
    const { live, clock } = openLive()
    clock.move({ wallMs: 0, atMs: 0, speed: 60 })
    expect(live.speed).toBe(60)
  })
})

describe('FragmentCache', () => {
  const drawing = () => {
    let drawn = 0
    return { draw: async () => ({ status: 200 as const, html: `drawing ${++drawn}` }) }
  }

  it('draws once for many who ask together, and again after news or a second', async () => {
    let now = 0
    const cache = new FragmentCache(() => now)
    const { draw } = drawing()
    const html = async (revision: number) => (await cache.get('/', revision, draw)).html
    expect(await Promise.all([html(1), html(1), html(1)])).toEqual(Array(3).fill('drawing 1'))
    expect(await html(2)).toBe('drawing 2')
    now += 1_000
    expect(await html(2)).toBe('drawing 3')
  })

  it('does not keep a failure', async () => {
    const cache = new FragmentCache(() => 0)
    await expect(cache.get('/', 1, () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect((await cache.get('/', 1, drawing().draw)).html).toBe('drawing 1')
  })
})
