import { afterAll, describe, expect, it } from 'vitest'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers, type RawClient } from './client.ts'
import { check, command, create, hostAttr, info, person, poll, role } from './frames.ts'
import { openRegistry } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

describe('a race', () => {
  it('of a hundred creates over ten sessions has exactly one winner', async () => {
    const registry = await openRegistry('pir', { sessions: 5, latencyMs: 4 })
    const clients = await Promise.all(
      Array.from({ length: 10 }, (_, i) => registry.open(i % 2 === 0 ? 'vigie' : 'quayside')),
    )
    for (let shot = 0; shot < 10; shot += 1)
      for (const client of clients) client.send(create('vent-debout.org'))
    const codes = await Promise.all(
      clients.map(async (client) => {
        const heard: number[] = []
        while (heard.length < 10) heard.push((await client.hear()).code)
        return heard
      }),
    )
    const all = codes.flat()
    expect(all.filter((code) => code === 1000)).toHaveLength(1)
    expect(all.filter((code) => code === 2302)).toHaveLength(99)
  })

  it('for a name that is about to drop is won by the first create after the release', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.open()
    const name = 'dernier-quart.org'
    expect((await client.ask(create(name))).code).toBe(2302)
    registry.clock.leapTo(new Date('2030-03-15T00:00:00Z'))
    expect((await client.ask(create(name))).code).toBe(1000)
  })
})

describe('limits', () => {
  it('on the rate of commands are told with 2400', async () => {
    const client = await (await openRegistry('pir', { limit: { perSecond: 1, burst: 2 } })).open()
    const codes = []
    for (let i = 0; i < 3; i += 1) codes.push((await client.ask(poll('req'))).code)
    expect(codes).toEqual([1300, 1300, 2400])
  })

  it('on creates count refused ones too, for the account and until midnight', async () => {
    const registry = await openRegistry('pir', { createsPerDay: 2 })
    const client = await registry.open()
    expect((await client.ask(create('grand-largue.org'))).code).toBe(2302)
    expect((await client.ask(create('vent-debout.org'))).code).toBe(1000)
    const third = await (await registry.open()).ask(create('another.org'))
    expect([third.code, third.reason]).toEqual([
      2308,
      expect.stringContaining('At most 2 creates a day'),
    ])
    expect((await (await registry.open('quayside')).ask(create('another.org'))).code).toBe(1000)
    registry.clock.leapTo(new Date('2030-01-16T00:00:00Z'))
    expect((await client.ask(create('third.org'))).code).toBe(1000)
  })
})

describe('penalty points', () => {
  const penalty = { exists: 10, error: 1, perDay: 21 }
  const POINTS = 'http://www.eurid.eu/xml/epp/registrarHitPoints-1.0'
  const points = (client: RawClient) =>
    client.ask(command(`<info><p:info xmlns:p="${POINTS}"/></info>`))

  it('block all registrations of an account for the rest of the day', async () => {
    const registry = await openRegistry('eurid', { penalty })
    const client = await registry.open()
    expect((await points(client)).find('nbrHitPoints')?.text).toBe('0')
    await client.ask(info('no-such-name.eu'))
    await client.ask(create('grand-largue.eu', await orderOf(client)))
    expect((await points(client)).find('nbrHitPoints')?.text).toBe('11')
    await client.ask(create('grand-largue.eu', await orderOf(client)))
    const told = await points(client)
    expect([told.find('nbrHitPoints')?.text, told.find('maxNbrHitPoints')?.text]).toEqual([
      '21',
      '21',
    ])
    expect(told.find('blockedUntil')?.text).toBe('2030-01-16T00:00:00.000Z')
    const blocked = await client.ask(create('vent-debout.eu', await orderOf(client)))
    expect([blocked.code, blocked.reason]).toEqual([
      2308,
      expect.stringContaining('Blocked for penalty points'),
    ])
    expect((await client.ask(check(['vent-debout.eu']))).code).toBe(1000)
    registry.clock.leapTo(new Date('2030-01-16T00:00:00Z'))
    expect((await client.ask(create('vent-debout.eu', await orderOf(client)))).code).toBe(1000)
  })

  it('are not charged to one who was beaten by less than ten seconds', async () => {
    const registry = await openRegistry('eurid', { penalty })
    const winner = await registry.open('quayside')
    await winner.ask(create('vent-debout.eu', await orderOf(winner)))
    const loser = await registry.open()
    const order = await orderOf(loser)
    expect((await loser.ask(create('vent-debout.eu', order))).code).toBe(2302)
    expect((await points(loser)).find('nbrHitPoints')?.text).toBe('0')
    registry.clock.leapTo(new Date(registry.clock.now().getTime() + 11_000))
    await loser.ask(create('vent-debout.eu', order))
    expect((await points(loser)).find('nbrHitPoints')?.text).toBe('10')
  })

  it('are no object of a registry that counts none', async () => {
    const client = await (await openRegistry('eurid')).open()
    expect((await points(client)).code).toBe(2307)
    expect((await points(await (await openRegistry('pir')).open())).code).toBe(2307)
  })
})

/** What a create at .eu wants, with a contact of the client's own. */
async function orderOf(client: RawClient) {
  const id = `c-${Math.trunc(performance.now() * 1000) % 1_000_000}`
  await client.ask(person(id))
  return {
    registrant: id,
    contacts: role('billing', id) + role('tech', id),
    ns: hostAttr('ns1.example.net', 'ns2.example.net'),
    authInfo: '<domain:authInfo><domain:pw/></domain:authInfo>',
  }
}
