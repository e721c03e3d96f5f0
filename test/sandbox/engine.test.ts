import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EXTENSIONS, type Label, nameIn } from '../../src/domain/name.ts'
import { keepTime } from '../../src/sandbox/kept-time.ts'
import { held, name, openBooks, order, START, stage } from '../support/books.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

const dropsSoon = (rivals: unknown[] = []) => ({
  heldBy: 'quayside',
  years: 5,
  expiresAfter: '200d',
  deletedBefore: '34d',
  late: '0s',
  rivals,
})
const DROP = '2027-01-12T19:59:30Z'

async function temporaryFolder() {
  const { path, remove } = await openTemporaryFolder()
  onTestFinished(remove)
  return path
}

describe('at a release', () => {
  it('the first valid create wins and every other one finds the name held', async () => {
    const { engine, at } = await openBooks({ fates: { 'prize.com': dropsSoon() } })
    expect(engine.createDomain('verisign', 'vigie', order('prize.com'))).toMatchObject({
      code: 2302,
    })
    at(DROP)
    const creates = ['polder', 'vigie', 'terre-neuve', 'vigie'].map((by) =>
      engine.createDomain('verisign', by, order('prize.com')),
    )
    expect(creates.map((create) => (create.ok ? 'won' : create.code))).toEqual([
      'won',
      2302,
      2302,
      2302,
    ])
    expect(held(engine, 'prize.com').sponsor).toBe('polder')
  })

  it('has exactly one winner, whoever comes in whatever order', async () => {
    const registrars = ['vigie', 'rapid-names', 'polder', 'quayside', 'terre-neuve']
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ by: fc.constantFrom(...registrars), atMs: fc.nat(4_000) }), {
          minLength: 1,
          maxLength: 20,
        }),
        async (creates) => {
          const { engine, clock } = await openBooks({ fates: { 'prize.com': dropsSoon() } })
          const aroundDrop = Date.parse(DROP) - 7_200_000
          const outcomes = [...creates]
            .sort((a, b) => a.atMs - b.atMs)
            .map(({ by, atMs }) => {
              clock.leapTo(new Date(aroundDrop + atMs * 2_000))
              const create = engine.createDomain('verisign', by, order('prize.com'))
              return { by, ok: create.ok, at: engine.now().getTime() }
            })
          const won = outcomes.filter(({ ok }) => ok)
          expect(won.length).toBeLessThanOrEqual(1)
          const standing = engine.standing(name('prize.com'))
          if (won.length === 0) expect(standing.kind).not.toBe('free')
          else
            expect(standing).toMatchObject({ kind: 'registered', domain: { sponsor: won[0]?.by } })
        },
      ),
      { numRuns: 40 },
    )
  })

  it('a rival that knows the instant beats a later create, even when nobody looked in between', async () => {
    const strategy = { kind: 'knows-the-instant', delay: { from: '40ms', to: '120ms' } }
    const { engine, at } = await openBooks({
      fates: { 'prize.com': dropsSoon([{ registrar: 'rapid-names', strategy }]) },
    })
    at(DROP)
    expect(engine.createDomain('verisign', 'vigie', order('prize.com'))).toMatchObject({
      code: 2302,
    })
    const { sponsor, createdAt } = held(engine, 'prize.com')
    expect(sponsor).toBe('rapid-names')
    expect(createdAt.getTime()).toBeLessThan(Date.parse(DROP))
  })

  it('a rival that polls loses against a create in the first two seconds', async () => {
    const strategy = { kind: 'poll-then-buy', every: '30s', buyTakes: '2s' }
    const { engine, at } = await openBooks({
      fates: { 'prize.com': dropsSoon([{ registrar: 'terre-neuve', strategy }]) },
    })
    const dropsAt = engine.nextEventAfter(new Date('2027-01-12T12:00:00Z'))!
    at(new Date(dropsAt.getTime() + 1_900).toISOString())
    expect(engine.createDomain('verisign', 'vigie', order('prize.com')).ok).toBe(true)
    at('2027-01-13T00:00:00Z')
    expect(held(engine, 'prize.com').sponsor).toBe('vigie')
  })
})

describe('the books of a folder', () => {
  it('say the same of every name after a restart', async () => {
    const folder = await temporaryFolder()
    const first = await openBooks({ fates: { 'prize.com': dropsSoon() } }, folder)
    first.engine.tellStories('alizes' as Label)
    first.at('2027-01-11T09:00:13Z')
    first.engine.createDomain('verisign', 'vigie', order('mine.com'))
    first.engine.createHost('verisign', 'vigie', 'ns.mine.com', [
      { ip: 'v4', address: '192.0.2.1' },
    ])

    const second = await openBooks({}, folder)
    expect(second.engine.now()).toEqual(first.engine.now())
    const names = [
      ...EXTENSIONS.map((extension) => nameIn('alizes' as Label, extension)),
      ...Object.values(first.engine.world.names).flat(),
      name('mine.com'),
      name('prize.com'),
    ]
    for (const instant of ['2027-01-11T09:00:13Z', '2027-02-12T00:00:00Z', '2027-03-20T00:00:00Z'])
      for (const each of names)
        expect(second.at(instant).standing(each)).toEqual(first.at(instant).standing(each))
    expect(second.engine.host('verisign', 'ns.mine.com')?.addresses).toHaveLength(1)
  })

  it('survive a kill in the middle of a write: the torn line was never answered', async () => {
    const folder = await temporaryFolder()
    const { engine } = await openBooks({}, folder)
    engine.createDomain('verisign', 'vigie', order('kept.com'))
    appendFileSync(
      join(folder, 'journal.jsonl'),
      '{"at":"2027-01-11T09:00:00.000Z","changes":[["dom',
    )
    const again = await openBooks({}, folder)
    expect(held(again.engine, 'kept.com').sponsor).toBe('vigie')
    again.engine.createDomain('verisign', 'vigie', order('next.com'))
    const third = await openBooks({}, folder)
    expect(held(third.engine, 'next.com').sponsor).toBe('vigie')
  })

  it('are refused, with file and line, when a line in the middle is damaged', async () => {
    const folder = await temporaryFolder()
    const { engine } = await openBooks({}, folder)
    engine.createDomain('verisign', 'vigie', order('kept.com'))
    const file = join(folder, 'journal.jsonl')
    writeFileSync(file, readFileSync(file, 'utf8').replace('{"at"', '{"at'))
    await expect(openBooks({}, folder)).rejects.toThrow(/journal\.jsonl: line 1 is damaged/)
  })

  it('keep the seed of the first start', async () => {
    const folder = await temporaryFolder()
    await openBooks({ seed: 5 }, folder)
    const { engine } = await openBooks({ seed: 6 }, folder)
    expect(engine.origin.seed).toBe(5)
  })

  it('stand still while they are closed: the clock goes on from where it was kept', async () => {
    const folder = await temporaryFolder()
    const { clock } = await openBooks({}, folder)
    const keeper = keepTime(folder, clock)
    clock.leapTo(new Date('2027-05-05T05:05:05.005Z'))
    keeper.close()
    const { engine } = await openBooks({}, folder)
    expect(engine.now().toISOString()).toBe('2027-05-05T05:05:05.005Z')
  })
})

describe('what is due', () => {
  it('happens by itself once the engine is started, and tells its listeners', async () => {
    const acts = [{ after: '5ms', does: 'delete' }]
    const { engine, clock } = await openBooks({
      fates: { 'old.com': { heldBy: 'quayside', years: 2, expiresAfter: '90d', acts } },
    })
    const told = new Promise((resolve) => engine.onChange(resolve))
    engine.start()
    clock.leapTo(new Date(Date.parse(START) + 5))
    expect(await told).toEqual({
      by: 'itself',
      at: new Date(Date.parse(START) + 5),
      names: ['old.com'],
    })
  })

  it('is done at its own instant, however late somebody asks', async () => {
    const acts = [{ after: '1h', does: 'delete' }]
    const { at } = await openBooks({
      fates: { 'old.com': { heldBy: 'quayside', years: 2, expiresAfter: '90d', acts } },
    })
    expect(held(at('2027-01-20T00:00:00Z'), 'old.com').deletedAt?.toISOString()).toBe(
      '2027-01-11T10:00:00.000Z',
    )
  })
})

describe('holders who are left to chance', () => {
  const lapsing = { heldBy: 'polder', years: 4, expiresAfter: '5d', holder: 'by-chance' }
  const fates = {
    'alpha.com': lapsing,
    'alpha.fr': lapsing,
    'alpha.eu': lapsing,
    'alpha.be': lapsing,
  }
  const holdersOf = (renewRate: number, restoreRate: number) => ({
    fates,
    extensions: Object.fromEntries(
      EXTENSIONS.map((extension) => [extension, { holders: { renewRate, restoreRate } }]),
    ),
  })

  it('lose every name when nobody renews or restores', async () => {
    const { at } = await openBooks(holdersOf(0, 0))
    const engine = at('2027-07-01T00:00:00Z')
    expect(Object.keys(fates).map((each) => stage(engine, each))).toEqual(Array(4).fill('free'))
  })

  it('keep every name when all renew', async () => {
    const { at } = await openBooks(holdersOf(1, 0))
    const engine = at('2032-07-01T00:00:00Z')
    expect(Object.keys(fates).map((each) => stage(engine, each))).toEqual(
      Array(4).fill('registered'),
    )
  })

  it('keep every name when all restore', async () => {
    const { at } = await openBooks(holdersOf(0, 1))
    const engine = at('2029-07-01T00:00:00Z')
    for (const each of Object.keys(fates)) expect(held(engine, each).sponsor).toBe('polder')
  })
})

describe('stories', () => {
  it('are told once for a label and anew for another', async () => {
    const { engine, at } = await openBooks()
    engine.tellStories('one' as Label)
    at('2027-01-12T00:00:00Z')
    engine.tellStories('one' as Label)
    engine.tellStories('two' as Label)
    expect(stage(engine, 'one.com')).toBe('redemption')
    expect(stage(engine, 'two.com')).toBe('registered')
    at('2027-01-12T00:00:12Z')
    expect(stage(engine, 'two.com')).toBe('redemption')
  })

  it('leave a name alone that somebody has registered before', async () => {
    const { engine } = await openBooks()
    engine.createDomain('verisign', 'vigie', order('one.com'))
    engine.tellStories('one' as Label)
    expect(held(engine, 'one.com').sponsor).toBe('vigie')
  })
})
