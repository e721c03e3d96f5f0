import { describe, expect, it } from 'vitest'
import type { DomainUpdate } from '../../src/sandbox/registry.ts'
import { held, name, openBooks, order, stage } from '../support/books.ts'

const nothing: DomainUpdate = {
  addStatuses: [],
  removeStatuses: [],
  addContacts: [],
  removeContacts: [],
  addNameServers: [],
  removeNameServers: [],
  registrant: null,
  authInfo: null,
}
const person = {
  id: 'jd-1',
  postal: [
    {
      type: 'int' as const,
      name: 'Jeanne Dupré',
      organisation: null,
      street: ['1 Quay'],
      city: 'Brest',
      province: null,
      postalCode: '29200',
      country: 'FR',
    },
  ],
  voice: null,
  fax: null,
  email: 'jd@example.net',
  authInfo: null,
}
/** A .com name of `vigie`, a year old, so that neither the add period nor the transfer lock applies. */
const ours = { 'ours.com': { heldBy: 'vigie', years: 3, expiresAfter: '300d' } }
const ownName = name('ours.com')

describe('a create', () => {
  it.each([
    ['a name of another registry', order('x-ray.org'), 2306],
    ['more than ten years', order('x-ray.com', { years: 11 }), 2004],
    ['no whole number of years', order('x-ray.com', { years: 1.5 }), 2004],
    ['a reserved name', order('capitainerie.com'), 2306],
    ['a name that the registry would not have', order('ab--cd.com'), 2306],
    ['a name that is held', order('grand-largue.com'), 2302],
    ['no authInfo', order('x-ray.com', { authInfo: null }), 2003],
    ['a host that does not exist', order('x-ray.com', { nameServers: ['ns.none.example'] }), 2303],
    ['contacts at a thin registry', order('x-ray.com', { registrant: 'polder-h' }), 2306],
  ])('with %s is refused', async (_, create, code) => {
    const { engine } = await openBooks()
    expect(engine.createDomain('verisign', 'vigie', create)).toMatchObject({ ok: false, code })
  })

  it('without the contacts that a registry asks for is refused, and with them is done', async () => {
    const { engine } = await openBooks()
    expect(engine.createDomain('afnic', 'vigie', order('x-ray.fr'))).toMatchObject({ code: 2003 })
    const full = order('x-ray.fr', {
      registrant: 'vigie-h',
      contacts: [
        { type: 'admin', id: 'vigie-h' },
        { type: 'tech', id: 'nobody' },
      ],
    })
    expect(engine.createDomain('afnic', 'vigie', full)).toMatchObject({ code: 2303 })
    const contacts = full.contacts.map(({ type }) => ({ type, id: 'vigie-h' }))
    expect(engine.createDomain('afnic', 'vigie', { ...full, contacts })).toMatchObject({ ok: true })
    expect(held(engine, 'x-ray.fr')).toMatchObject({ registrant: 'vigie-h', contacts })
  })

  it('needs no contacts where the plain dialect is spoken, and shows the add period', async () => {
    const { engine } = await openBooks()
    expect(engine.createDomain('pir', 'vigie', order('x-ray.org', { years: 2 })).ok).toBe(true)
    expect(held(engine, 'x-ray.org')).toMatchObject({
      roid: expect.stringMatching(/^D\d+-LROR$/),
      rgp: ['addPeriod'],
      effectiveStatuses: ['inactive'],
    })
    expect(held(engine, 'x-ray.org').expiresAt.toISOString()).toBe('2029-01-11T09:00:00.000Z')
  })
})

describe('a delete', () => {
  it('is refused to another registrar, under a status, and for a second time', async () => {
    const { engine } = await openBooks({ fates: ours })
    const remove = (by: string) => engine.deleteDomain('verisign', by, ownName)
    expect(remove('polder')).toMatchObject({ code: 2201 })
    engine.updateDomain('verisign', 'vigie', ownName, {
      ...nothing,
      addStatuses: ['clientDeleteProhibited'],
    })
    expect(remove('vigie')).toMatchObject({ code: 2304 })
    engine.updateDomain('verisign', 'vigie', ownName, {
      ...nothing,
      removeStatuses: ['clientDeleteProhibited'],
    })
    expect(remove('vigie')).toEqual({ ok: true, value: { pending: true } })
    expect(remove('vigie')).toMatchObject({ code: 2304 })
    expect(engine.deleteDomain('verisign', 'vigie', name('nowhere.com'))).toMatchObject({
      code: 2303,
    })
  })

  it('is refused while other names are delegated to hosts below it', async () => {
    const { engine } = await openBooks({ fates: ours })
    engine.createHost('verisign', 'vigie', 'ns.ours.com', [{ ip: 'v4', address: '192.0.2.1' }])
    engine.createDomain('verisign', 'polder', order('guest.com', { nameServers: ['ns.ours.com'] }))
    expect(engine.deleteDomain('verisign', 'vigie', ownName)).toMatchObject({ code: 2305 })
  })

  it('makes the leaping clock look out for what follows', async () => {
    const { engine } = await openBooks({ fates: ours })
    const ahead = () => engine.nextEventAfter(engine.now())?.toISOString() ?? null
    expect(ahead()).toBeNull()
    engine.deleteDomain('verisign', 'vigie', ownName)
    expect(ahead()).toBe('2027-02-10T09:00:00.000Z')
    engine.restoreDomain('verisign', 'vigie', ownName, 'request')
    expect(ahead()).toBeNull()
  })
})

describe('a restore', () => {
  it('brings back the statuses and takes a report afterwards', async () => {
    const { engine } = await openBooks({ fates: ours })
    const restore = (op: 'request' | 'report') =>
      engine.restoreDomain('verisign', 'vigie', ownName, op)
    expect(restore('request')).toMatchObject({ code: 2304 })
    engine.deleteDomain('verisign', 'vigie', ownName)
    expect(restore('request')).toMatchObject({
      ok: true,
      value: { stage: 'registered', effectiveStatuses: ['ok'], deletedAt: null },
    })
    expect(restore('report')).toMatchObject({ ok: true })
  })

  it('comes too late in pendingDelete', async () => {
    const { engine, at } = await openBooks({ fates: ours })
    engine.deleteDomain('verisign', 'vigie', ownName)
    at('2027-02-11T00:00:00Z')
    expect(engine.restoreDomain('verisign', 'vigie', ownName, 'request')).toMatchObject({
      code: 2304,
    })
  })

  it('without a report is pendingRestore for a week and then lapses', async () => {
    const acts = [
      { after: '1d', does: 'delete' },
      { after: '2d', does: 'request-restore' },
    ]
    const { at } = await openBooks({
      fates: { 'torn.com': { heldBy: 'polder', years: 2, expiresAfter: '90d', acts } },
    })
    expect(held(at('2027-01-13T09:00:00Z'), 'torn.com')).toMatchObject({
      stage: 'pendingRestore',
      rgp: ['pendingRestore'],
    })
    expect(stage(at('2027-01-20T09:00:00Z'), 'torn.com')).toBe('redemption')
  })
})

describe('a renewal', () => {
  it('moves the expiry date of the right term by whole years, ten ahead at most', async () => {
    const { engine } = await openBooks({ fates: ours })
    const renew = (expiry: string, years: number) =>
      engine.renewDomain('verisign', 'vigie', ownName, expiry, years)
    expect(renew('2027-11-06', 1)).toMatchObject({ code: 2004 })
    expect(renew('2027-11-07', 10)).toMatchObject({ code: 2004 })
    expect(renew('2027-11-07', 2)).toMatchObject({ ok: true, value: { rgp: ['renewPeriod'] } })
    expect(held(engine, 'ours.com').expiresAt.toISOString()).toBe('2029-11-07T09:00:00.000Z')
  })

  it('is no command of .be', async () => {
    const { engine } = await openBooks()
    const { sponsor, expiresAt } = held(engine, 'grand-largue.be')
    const expiry = expiresAt.toISOString().slice(0, 10)
    expect(
      engine.renewDomain('dnsBelgium', sponsor, name('grand-largue.be'), expiry, 1),
    ).toMatchObject({ code: 2101 })
  })
})

describe('an update', () => {
  it.each([
    ['a status of the server', { addStatuses: ['serverHold'] }, 2306],
    ['a status that is not set', { removeStatuses: ['clientHold'] }, 2306],
    ['a host that does not exist', { addNameServers: ['ns.none.example'] }, 2303],
  ] as const)('with %s is refused', async (_, change, code) => {
    const { engine } = await openBooks({ fates: ours })
    expect(
      engine.updateDomain('verisign', 'vigie', ownName, { ...nothing, ...change }),
    ).toMatchObject({ ok: false, code })
  })

  it('under clientUpdateProhibited is refused unless it takes that status away', async () => {
    const { engine } = await openBooks({ fates: ours })
    const update = (change: Partial<DomainUpdate>) =>
      engine.updateDomain('verisign', 'vigie', ownName, { ...nothing, ...change })
    expect(update({ addStatuses: ['clientUpdateProhibited'] }).ok).toBe(true)
    expect(update({ authInfo: 'another' })).toMatchObject({ code: 2304 })
    expect(update({ removeStatuses: ['clientUpdateProhibited'] }).ok).toBe(true)
    expect(update({ authInfo: 'another' }).ok).toBe(true)
  })

  it('that puts a name on hold takes it out of the zone', async () => {
    const { engine } = await openBooks({ fates: ours })
    expect(engine.delegation(ownName)).toEqual(['ns1.vigie.example', 'ns2.vigie.example'])
    engine.updateDomain('verisign', 'vigie', ownName, { ...nothing, addStatuses: ['clientHold'] })
    expect(engine.delegation(ownName)).toBeNull()
    expect(held(engine, 'ours.com').effectiveStatuses).toEqual(['clientHold'])
  })
})

describe('a transfer', () => {
  const request = async () => {
    const books = await openBooks({ fates: ours })
    const authInfo = held(books.engine, 'ours.com').authInfo
    const transfer = (by: string, op: 'request' | 'query' | 'approve' | 'reject' | 'cancel') =>
      books.engine.transferDomain('verisign', by, ownName, op, authInfo, null)
    return { ...books, transfer }
  }

  it('is done by itself five days after the request, with a year more', async () => {
    const { engine, at, transfer } = await request()
    expect(transfer('polder', 'request')).toMatchObject({ ok: true, value: { status: 'pending' } })
    expect(held(engine, 'ours.com').effectiveStatuses).toEqual(['pendingTransfer'])
    expect(held(at('2027-01-16T08:59:59Z'), 'ours.com').sponsor).toBe('vigie')
    const moved = held(at('2027-01-16T09:00:00Z'), 'ours.com')
    expect(moved).toMatchObject({ sponsor: 'polder', rgp: ['transferPeriod'] })
    expect(moved.expiresAt.toISOString()).toBe('2028-11-07T09:00:00.000Z')
    expect(transfer('polder', 'query')).toMatchObject({ value: { status: 'serverApproved' } })
  })

  it('is told to both by messages, which an ack takes away', async () => {
    const { engine, transfer } = await request()
    transfer('polder', 'request')
    transfer('vigie', 'approve')
    const first = engine.poll('verisign', 'vigie')
    expect(first).toMatchObject({ count: 2, text: 'Transfer requested', name: 'ours.com' })
    expect(engine.ack('verisign', 'vigie', first!.id)).toEqual({ ok: true, value: { left: 1 } })
    expect(engine.ack('verisign', 'vigie', first!.id)).toMatchObject({ code: 2303 })
    expect(engine.poll('verisign', 'polder')).toMatchObject({
      count: 1,
      text: 'Transfer clientApproved',
    })
    expect(engine.poll('pir', 'vigie')).toBeNull()
  })

  it('has its say for each party and no other', async () => {
    const { transfer } = await request()
    expect(transfer('vigie', 'query')).toMatchObject({ code: 2301 })
    expect(transfer('vigie', 'request')).toMatchObject({ code: 2106 })
    transfer('polder', 'request')
    expect(transfer('terre-neuve', 'request')).toMatchObject({ code: 2300 })
    expect(transfer('polder', 'approve')).toMatchObject({ code: 2201 })
    expect(transfer('vigie', 'cancel')).toMatchObject({ code: 2201 })
    expect(transfer('polder', 'cancel')).toMatchObject({ value: { status: 'clientCancelled' } })
    expect(transfer('vigie', 'reject')).toMatchObject({ code: 2301 })
  })

  it('is refused with a wrong authInfo, and within sixty days of the creation', async () => {
    const { engine } = await openBooks({ fates: ours })
    const ask = (text: string, authInfo: string) =>
      engine.transferDomain('verisign', 'polder', name(text), 'request', authInfo, null)
    expect(ask('ours.com', 'guessed')).toMatchObject({ code: 2202 })
    engine.createDomain('verisign', 'vigie', order('young.com'))
    expect(ask('young.com', 'open-sesame')).toMatchObject({ code: 2106 })
  })
})

describe('contacts and hosts', () => {
  it('belong to one registry and one registrar', async () => {
    const { engine } = await openBooks()
    expect(engine.createContact('pir', 'vigie', person)).toMatchObject({
      value: { id: 'jd-1', sponsor: 'vigie', roid: expect.stringMatching(/^C\d+-LROR$/) },
    })
    expect(engine.createContact('pir', 'polder', person)).toMatchObject({ code: 2302 })
    expect(engine.contact('godaddy', 'jd-1')).toBeNull()
    expect(engine.updateContact('pir', 'polder', 'jd-1', { voice: '+33.1' })).toMatchObject({
      code: 2201,
    })
    expect(engine.updateContact('pir', 'vigie', 'jd-1', { voice: '+33.1' })).toMatchObject({
      value: { voice: '+33.1', updatedBy: 'vigie' },
    })
    expect(engine.createContact('verisign', 'vigie', person)).toMatchObject({ code: 2101 })
  })

  it('get their id from AFNIC, whatever was asked for', async () => {
    const { engine } = await openBooks()
    const made = engine.createContact('afnic', 'vigie', person)
    if (!made.ok) throw new Error(made.reason)
    expect(made.value.id).toMatch(/^JD\d+$/)
    expect(engine.contact('afnic', made.value.id)).toEqual(made.value)
  })

  it('need their name and address below the registry’s zones, and neither elsewhere', async () => {
    const { engine } = await openBooks({ fates: ours })
    const address = { ip: 'v4' as const, address: '192.0.2.1' }
    const create = (by: string, host: string, ...addresses: (typeof address)[]) =>
      engine.createHost('verisign', by, host, addresses)
    expect(create('vigie', 'ns.nowhere.com', address)).toMatchObject({ code: 2303 })
    expect(create('polder', 'ns.ours.com', address)).toMatchObject({ code: 2201 })
    expect(create('vigie', 'ns.ours.com')).toMatchObject({ code: 2003 })
    expect(create('vigie', 'ns.elsewhere.org', address)).toMatchObject({ code: 2306 })
    expect(create('vigie', 'ns.ours.com', address)).toMatchObject({ ok: true })
    expect(create('vigie', 'NS.ours.com', address)).toMatchObject({ code: 2302 })
    expect(engine.createHost('afnic', 'vigie', 'ns.x.example', [])).toMatchObject({ code: 2101 })
  })

  it('take their new name into every delegation', async () => {
    const { engine } = await openBooks({ fates: ours })
    engine.createHost('verisign', 'vigie', 'ns.old.example', [])
    engine.updateDomain('verisign', 'vigie', ownName, {
      ...nothing,
      addNameServers: ['ns.old.example'],
      removeNameServers: ['ns1.vigie.example', 'ns2.vigie.example'],
    })
    engine.updateHost('verisign', 'vigie', 'ns.old.example', {
      add: [],
      remove: [],
      newName: 'ns.new.example',
    })
    expect(engine.delegation(ownName)).toEqual(['ns.new.example'])
    expect(engine.host('verisign', 'ns.old.example')).toBeNull()
  })
})

describe('a login', () => {
  it('takes the account’s own password only', async () => {
    const { engine } = await openBooks()
    const { password } = engine.registrar('vigie')!
    expect(engine.login('vigie', password)?.id).toBe('vigie')
    expect(engine.login('vigie', `${password}x`)).toBeNull()
    expect(engine.login('nobody', password)).toBeNull()
  })
})
