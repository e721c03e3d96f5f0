import { describe, expect, it } from 'vitest'
import type { Channel, ContactData, Line, RegisterOrder } from '../../src/channels/channel.ts'
import type { DomainName } from '../../src/domain/name.ts'
import type { Registry } from '../../src/domain/policy/policy.ts'

/** A channel with a world to try it on. */
export type ChannelWorld = {
  channel: Channel
  /** A registry it has no way to. */
  closed: Registry
}

/** The same of a channel that registers. */
export type OpenWorld = ChannelWorld & {
  registry: Registry
  /** The account that info shows of what is ours. */
  account: string
  /** Names that nobody holds, and one that somebody else does. */
  free: readonly [DomainName, DomainName]
  held: DomainName
  /** Takes the registry away, without a word to its clients. */
  vanish(): void
}

const never = new AbortController().signal

export const HOLDER: ContactData = {
  name: 'Renée Dupont',
  organisation: null,
  street: ['1 rue de la Paix'],
  city: 'Saint-Étienne',
  postalCode: '42000',
  country: 'FR',
  voice: '+33.123456789',
  email: 'renee@example.fr',
  citizenship: null,
  language: 'fr',
}

/** An order that names no contacts and no servers. */
export const bareOrder = (name: DomainName): RegisterOrder => ({
  name,
  years: 1,
  registrant: null,
  admin: [],
  tech: [],
  billing: [],
  nameServers: [],
  idnTag: null,
})

/** What every channel promises, whatever it is made of. */
export function channelConformance(name: string, build: () => Promise<ChannelWorld>): void {
  describe(`${name} channel`, () => {
    it('has no accreditation where it has no way, and says so when opened', async () => {
      const { channel, closed } = await build()
      expect(channel.accreditation(closed)).toBeNull()
      await expect(channel.open(closed, never)).rejects.toThrow(/accreditation/)
    })
  })
}

/** What a channel that registers promises besides. */
export function registeringConformance(name: string, build: () => Promise<OpenWorld>): void {
  channelConformance(name, build)

  describe(`${name} channel`, () => {
    const withLine = (title: string, test: (line: Line, world: OpenWorld) => Promise<void>) =>
      it(title, async () => {
        const world = await build()
        const line = await world.channel.open(world.registry, never)
        try {
          await test(line, world)
        } finally {
          await line.close()
        }
      })

    withLine(
      'opens a line that lives, names itself and knows the time there',
      async (line, world) => {
        expect(world.channel.accreditation(world.registry)).toBe(
          `${world.account}@${world.registry}`,
        )
        expect(line).toMatchObject({ registry: world.registry, alive: true })
        const other = await world.channel.open(world.registry, never)
        expect(other.id).not.toBe(line.id)
        await other.close()
        for (const offset of [line.offset, await line.hello()])
          expect(Math.abs(offset.offsetMs)).toBeLessThanOrEqual(offset.uncertaintyMs)
        expect(line.alive).toBe(true)
      },
    )

    withLine('tells free names from held ones', async (line, { free, held }) => {
      const answer = await line.check([free[0], held, free[1]])
      expect(answer.code).toBe(1000)
      expect([...answer.names].map(([each, told]) => [each, told.available])).toEqual([
        [free[0], true],
        [held, false],
        [free[1], true],
      ])
    })

    withLine(
      'tells an absent name from one of somebody else',
      async (line, { free, held, account }) => {
        expect(await line.info(free[0])).toMatchObject({ kind: 'absent', code: 2303 })
        const info = await line.info(held)
        expect(info).toMatchObject({ kind: 'registered', ours: false })
        expect(info.kind === 'registered' && info.sponsor).not.toBe(account)
      },
    )

    withLine(
      'registers a free name once, and knows it for ours',
      async (line, { free, account }) => {
        const prepared = line.prepareCreate(bareOrder(free[0]))
        const first = await prepared.send('conformance-1')
        expect(first).toMatchObject({ outcome: 'created', code: 1000, clTRID: 'conformance-1' })
        expect(first.svTRID).toBeTruthy()
        expect(first.createdAt).toBeInstanceOf(Date)
        expect(first.answeredAt!.getTime()).toBeGreaterThanOrEqual(first.sentAt.getTime())
        expect(await prepared.send('conformance-2')).toMatchObject({
          outcome: 'exists',
          code: 2302,
        })
        expect(await line.info(free[0])).toMatchObject({
          ours: true,
          sponsor: account,
          createdBy: account,
        })
      },
    )

    withLine('does not get a name that somebody else holds', async (line, { held }) => {
      const answer = await line.prepareCreate(bareOrder(held)).send('conformance-3')
      expect(answer).toMatchObject({ outcome: 'exists', code: 2302, createdAt: null })
      expect(await line.info(held)).toMatchObject({ ours: false })
    })

    withLine('brings a contact to the registry once', async (line) => {
      const id = 'conform-1'
      const first = await line.ensureContact(id, HOLDER)
      expect(first).toMatchObject({ ok: true })
      expect(await line.ensureContact(id, HOLDER)).toEqual(first)
    })

    withLine(
      'settles every call after its end, and says that no create left',
      async (line, { free }) => {
        const prepared = line.prepareCreate(bareOrder(free[1]))
        await line.close()
        expect(line.alive).toBe(false)
        expect(await prepared.send('conformance-4')).toMatchObject({
          outcome: 'no-session',
          code: null,
        })
        expect(await line.info(free[1])).toMatchObject({ kind: 'unknown', code: null })
        expect((await line.check([free[1]])).names.size).toBe(0)
        expect(await line.ensureContact('conform-2', HOLDER)).toMatchObject({ ok: false })
        await expect(line.hello()).rejects.toThrow()
      },
    )

    withLine('does not know what became of a create whose answer was lost', async (line, world) => {
      const sending = line.prepareCreate(bareOrder(world.free[0])).send('conformance-5')
      world.vanish()
      expect(await sending).toMatchObject({ outcome: 'undetermined', code: null, answeredAt: null })
      expect(line.alive).toBe(false)
    })

    it('gives up opening when told to', async () => {
      const { channel, registry } = await build()
      await expect(channel.open(registry, AbortSignal.abort())).rejects.toThrow()
    })
  })
}
