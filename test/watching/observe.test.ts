import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arm } from '../../src/capture/arm.ts'
import { concede } from '../../src/capture/concede.ts'
import { noChannel } from '../../src/channels/none.ts'
import type { DomainName } from '../../src/domain/name.ts'
import type { Finding, Registration, Source } from '../../src/domain/observation.ts'
import { captureIdOf, findCapture } from '../../src/store/captures.ts'
import { findName, type NameRow, recordName } from '../../src/store/names.ts'
import { recentObservations } from '../../src/store/observations.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { names } from '../../src/store/schema/watching.ts'
import { glance } from '../../src/watching/glance.ts'
import { observe } from '../../src/watching/observe.ts'
import { NOTHING_SAID } from '../domain/arbitraries.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { AT, daysFrom, nameRow } from '../support/name-row.ts'
import { steppedClock } from '../support/stepped-clock.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const HOUR_MS = 3_600_000
const { signal } = new AbortController()
const OLD: Registration = {
  ...NOTHING_SAID,
  roid: 'OLD-1',
  createdAt: nameRow().createdAt,
  expiresAt: nameRow().expiresAt,
  sponsor: 'Losing Registrar',
}
const registered = (change: Partial<Registration> = {}): Finding => ({
  kind: 'registered',
  registration: { ...OLD, ...change },
})
const pendingDelete = registered({ statuses: ['pendingDelete'] })
const absent: Finding = { kind: 'absent' }
const silence: Finding = { kind: 'undetermined', reason: 'timeout' }
const throttled = (retryAt: Date): Finding => ({ kind: 'throttled', retryAt, reason: '429' })

let made = 0
/** A watched .com name due at `AT`, and sources that answer what the test tells them to. */
async function scene(change: Partial<NameRow> = {}) {
  const { db } = database
  const name = `watched-${++made}.com` as DomainName
  await db.insert(names).values(nameRow({ name, ...change }))
  const clock = steppedClock(AT)
  const asked: Source[] = []
  const answers: Partial<Record<Source, Finding>> = {}
  const probe = (source: Source) => async () => {
    asked.push(source)
    const host = `${source}:verisign`
    return { name, source, host, at: clock.now(), tookMs: 20, ...(answers[source] ?? silence) }
  }
  const probes = { rdap: probe('rdap'), whois: probe('whois'), dns: probe('dns') }
  const deps = { db, clock, probes }
  const row = async () => (await findName(db, name))!
  return {
    name,
    clock,
    asked,
    deps,
    row,
    answer: (told: typeof answers) => Object.assign(answers, told),
    /** The look that is due, at its instant. */
    async look() {
      const { nextLookAt } = await row()
      await clock.until(nextLookAt!)
      return observe(name, nextLookAt!, deps, signal)
    },
    told: async () =>
      (await readEvents(db, { subject: `name:${name}`, limit: 99 })).map(({ type }) => type),
    kept: () => recentObservations(db, name, daysFrom(-1)),
  }
}

describe('a look', () => {
  it('asks the first source, and no other when that one tells enough', async () => {
    const { look, answer, asked, row, kept } = await scene()
    answer({ rdap: registered() })
    expect(await look()).toEqual({ do: 'rest' })
    expect(asked).toEqual(['rdap'])
    expect(await kept()).toHaveLength(1)
    expect(await row()).toMatchObject({ state: 'held', phase: 'active', version: 1 })
  })

  it('asks the next source when one is silent', async () => {
    const { look, answer, asked, row } = await scene()
    answer({ whois: registered() })
    await look()
    expect(asked).toEqual(['rdap', 'whois'])
    expect(await row()).toMatchObject({ silentLooks: 0, state: 'held' })
  })

  it('whose job comes twice is made once', async () => {
    const { name, answer, asked, deps, row } = await scene()
    answer({ rdap: registered() })
    await observe(name, AT, deps, signal)
    expect(await observe(name, AT, deps, signal)).toEqual({ do: 'rest' })
    expect(asked).toEqual(['rdap'])
    expect((await row()).version).toBe(1)
  })

  it('whose job comes twice at once is written once', async () => {
    const { name, answer, deps, row, told } = await scene()
    answer({ rdap: pendingDelete })
    const after = await Promise.all([1, 2].map(() => observe(name, AT, deps, signal)))
    expect(after.map((next) => next.do).toSorted()).toEqual(['arm', 'rest'])
    expect(await told()).toEqual(['name.stage'])
    expect((await row()).version).toBe(1)
  })

  it('for an instant that the name has moved on from does nothing', async () => {
    const { name, asked, deps } = await scene()
    expect(await observe(name, daysFrom(-1), deps, signal)).toEqual({ do: 'rest' })
    expect(asked).toEqual([])
  })

  it('at a name that nobody watches any more does nothing', async () => {
    const { look, asked } = await scene({ openWatches: 0 })
    expect(await look()).toEqual({ do: 'rest' })
    expect(asked).toEqual([])
  })

  it('that another write overtakes writes, tells and arms nothing', async () => {
    const { name, answer, deps, row, told } = await scene()
    answer({ rdap: pendingDelete })
    const rdap = async () => {
      await recordName(deps.db, await row(), { delegated: false }, [])
      return deps.probes.rdap()
    }
    const overtaken = { ...deps, probes: { rdap } }
    expect(await observe(name, AT, overtaken, signal)).toEqual({ do: 'rest' })
    expect(await row()).toMatchObject({ phase: 'active', delegated: false })
    expect(await told()).toEqual([])
  })

  it('that is broken off gives its claim back and learns nothing', async () => {
    const { name, deps, row, kept } = await scene({ claimedUntil: daysFrom(3_650) })
    const stop = new AbortController()
    const rdap = async () => {
      stop.abort()
      return deps.probes.rdap()
    }
    await observe(name, AT, { ...deps, probes: { rdap } }, stop.signal)
    expect(await row()).toMatchObject({ claimedUntil: null, nextLookAt: AT, version: 0 })
    expect(await kept()).toEqual([])
  })
})

describe('silence', () => {
  it('is tried again later and later, and changes nothing that is known', async () => {
    const { look, row } = await scene({ phase: 'redemption' })
    const before = await row()
    const waits = []
    for (let i = 0; i < 3; i++) {
      const at = (await row()).nextLookAt!
      await look()
      waits.push(Math.round(((await row()).nextLookAt!.getTime() - at.getTime()) / 1_000))
    }
    expect(waits).toEqual([30, 60, 120])
    const { state, phase, registrationKey, expiresAt, lastLookAt } = before
    const known = { state, phase, registrationKey, expiresAt, lastLookAt, silentLooks: 3 }
    expect(await row()).toMatchObject({ ...known, nextLookBecause: 'retry' })
  })

  it('of throttled hosts waits for the first that answers again', async () => {
    const { look, row, answer } = await scene()
    answer({ rdap: throttled(daysFrom(0.02)), whois: throttled(daysFrom(0.01)) })
    await look()
    expect(await row()).toMatchObject({ nextLookAt: daysFrom(0.01), silentLooks: 1 })
  })
})

describe('a denial', () => {
  it('by one source alone is confirmed seconds later, and only then armed', async () => {
    const { look, row, answer } = await scene({ phase: 'pendingDelete' })
    answer({ rdap: absent })
    expect(await look()).toEqual({ do: 'rest' })
    const { state, nextLookBecause, nextLookAt } = await row()
    expect({ state, nextLookBecause }).toEqual({ state: 'unconfirmed', nextLookBecause: 'confirm' })
    expect(nextLookAt!.getTime() - AT.getTime()).toBeLessThan(4_000)
    expect(await look()).toMatchObject({ do: 'arm', row: { state: 'free' } })
  })

  it('by two sources is enough', async () => {
    const { look, answer, asked } = await scene({ phase: 'pendingDelete' })
    answer({ rdap: absent, whois: absent })
    expect(await look()).toMatchObject({ do: 'arm', row: { state: 'free' } })
    expect(asked).toEqual(['rdap', 'whois'])
  })

  it('that the next look contradicts buys nothing', async () => {
    const { look, row, answer } = await scene({ phase: 'pendingDelete' })
    answer({ rdap: absent })
    await look()
    answer({ rdap: pendingDelete })
    expect(await look()).toMatchObject({
      do: 'arm',
      row: { state: 'held', phase: 'pendingDelete' },
    })
    expect(await row()).toMatchObject({ state: 'held', registrationKey: 'OLD-1' })
  })

  it('beside a source that shows the name registered is overruled by the stronger one', async () => {
    const { look, row, answer } = await scene()
    answer({ rdap: registered(), whois: absent })
    expect(await look()).toEqual({ do: 'rest' })
    expect((await row()).state).toBe('held')
  })
})

describe('a name on its way out', () => {
  it('is armed with a forecast, and its stage told once', async () => {
    const { look, answer, told } = await scene()
    answer({ rdap: pendingDelete })
    const next = await look()
    expect(next).toMatchObject({ do: 'arm', row: { phase: 'pendingDelete' } })
    expect(next.do === 'arm' && next.row.forecast!.segments.length).toBeGreaterThan(0)
    await look()
    expect(await told()).toEqual(['name.stage'])
  })

  it('that its holder restores is conceded by the capture that waits for it', async () => {
    const { name, look, answer, deps, clock, told } = await scene()
    const { db } = deps
    const channel = { ...noChannel(), accreditation: () => 'vigie@verisign' }
    answer({ rdap: pendingDelete })
    const first = await look()
    if (first.do !== 'arm') throw new Error('not armed')
    await arm(first.row, { db, channel, clock, shareOfDay: 1 })
    answer({ rdap: registered() })
    const second = await look()
    expect(second).toMatchObject({ do: 'concede', turn: 'restored' })
    if (second.do !== 'concede') throw new Error('not conceded')
    expect(await concede(second.row, second.turn, db, clock.now())).toBe(true)
    const capture = await findCapture(db, captureIdOf(name, 'OLD-1'))
    expect(capture).toMatchObject({ state: 'stood-down', reason: 'restored' })
    expect((await told()).filter((type) => type.startsWith('name.re'))).toEqual(['name.restored'])
  })

  it('that somebody else registers is conceded too', async () => {
    const { look, answer } = await scene({ phase: 'pendingDelete' })
    answer({ rdap: registered({ roid: 'NEW-1', createdAt: AT }) })
    expect(await look()).toMatchObject({ do: 'concede', turn: 'replaced' })
  })

  it('that is renewed in time is conceded', async () => {
    const { look, answer, told } = await scene()
    answer({ rdap: registered({ expiresAt: daysFrom(900) }) })
    expect(await look()).toMatchObject({ do: 'concede', turn: 'renewed' })
    expect(await told()).toEqual(['name.renewed'])
  })
})

describe('a glance', () => {
  const due = { nextGlanceAt: AT, nextLookAt: daysFrom(0.2) }
  const delegated: Finding = { kind: 'delegated' }
  const undelegated: Finding = { kind: 'undelegated' }
  async function glanceAt(delegatedBefore: boolean | null, seen: Finding) {
    const at = await scene({ ...due, delegated: delegatedBefore })
    at.answer({ dns: seen })
    const asksForLook = await glance(at.name, AT, at.deps, signal)
    return { ...at, asksForLook, after: await at.row(), seen: await at.kept() }
  }

  for (const before of [true, false])
    it(`that sees the delegation change asks for a look at once (delegated before: ${before})`, async () => {
      const { asksForLook, after, seen } = await glanceAt(before, before ? undelegated : delegated)
      expect(asksForLook).toBe(true)
      expect(after).toMatchObject({ delegated: !before, nextLookBecause: 'dns-change' })
      expect(after.nextLookAt!.getTime() - AT.getTime()).toBeLessThan(1_000)
      expect(after.lastGlanceAt).not.toBeNull()
      expect(seen).toHaveLength(1)
    })

  it('that sees what was seen before is repeated in an hour and kept nowhere', async () => {
    const { asksForLook, after, seen } = await glanceAt(true, delegated)
    expect(asksForLook).toBe(false)
    expect(after.nextLookAt).toEqual(due.nextLookAt)
    expect(after.nextGlanceAt!.getTime() - AT.getTime()).toBeCloseTo(HOUR_MS, -2)
    expect(seen).toEqual([])
  })

  it('that is the first knows of no change', async () => {
    const { asksForLook, after } = await glanceAt(null, undelegated)
    expect(asksForLook).toBe(false)
    expect(after).toMatchObject({ delegated: false, nextLookAt: due.nextLookAt })
  })

  it('that is not answered changes nothing but its own next instant', async () => {
    for (const nothing of [silence, throttled(daysFrom(1))]) {
      const { asksForLook, after } = await glanceAt(true, nothing)
      expect(asksForLook).toBe(false)
      const { nextLookAt } = due
      expect(after).toMatchObject({
        delegated: true,
        lastGlanceAt: null,
        nextLookAt,
        state: 'held',
      })
      expect(after.nextGlanceAt!.getTime()).toBeGreaterThan(AT.getTime())
    }
  })

  it('whose job comes twice, or of a name nobody watches, is made once or never', async () => {
    const { name, deps, asked } = await glanceAt(true, undelegated)
    expect(await glance(name, AT, deps, signal)).toBe(false)
    expect(asked).toEqual(['dns'])
    const unwatched = await scene({ ...due, openWatches: 0 })
    expect(await glance(unwatched.name, AT, unwatched.deps, signal)).toBe(false)
    expect(unwatched.asked).toEqual([])
  })
})
