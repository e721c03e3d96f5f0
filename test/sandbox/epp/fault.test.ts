import { afterAll, describe, expect, it } from 'vitest'
import { misbehave } from '../../../src/sandbox/epp/fault.ts'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers, type RawClient } from './client.ts'
import { create, frame, info, poll } from './frames.ts'
import { openRegistry } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

const HELLO = frame('<hello/>')

describe('faults', () => {
  /** What the client hears of a create while a fault is on. */
  async function createUnder(fault: 'cut' | 'silent' | 'garbled') {
    const registry = await openRegistry('pir', { faults: [fault] })
    const client = await registry.open()
    client.send(create('vent-debout.org'))
    return { registry, client }
  }
  const isOurs = async (client: RawClient) =>
    (await client.ask(info('vent-debout.org'))).find('clID')?.text === 'vigie'

  it('cut: the create is done, and its answer never comes', async () => {
    const { registry, client } = await createUnder('cut')
    await client.closed
    await expect(client.next()).rejects.toThrow('closed')
    registry.manners.faults = []
    expect(await isOurs(await registry.open())).toBe(true)
  })

  it('silent: the create is done, its answer is swallowed, and the session lives on', async () => {
    const { registry, client } = await createUnder('silent')
    client.send(HELLO)
    expect(await client.next()).toContain('<greeting>')
    registry.manners.faults = []
    expect(await isOurs(client)).toBe(true)
  })

  it('garbled: a frame comes, and what it holds is noise', async () => {
    const { registry, client } = await createUnder('garbled')
    expect(await client.next()).not.toContain('<epp')
    registry.manners.faults = []
    expect(await isOurs(client)).toBe(true)
  })

  it('slow: an answer takes five seconds more, whatever else happens to it', () => {
    expect(misbehave([])).toEqual({ kind: 'answer', afterMs: 0 })
    expect(misbehave(['slow'])).toEqual({ kind: 'answer', afterMs: 5_000 })
    expect(misbehave(['slow', 'cut'])).toEqual({ kind: 'cut', afterMs: 5_000 })
  })

  it.each(['sessions-refused', 'throttled'] as const)('%s: no login is taken', async (fault) => {
    const registry = await openRegistry('pir')
    const warm = await registry.open()
    registry.manners.faults = [fault]
    await expect(registry.open()).rejects.toThrow('2502')
    expect((await warm.ask(poll('req'))).code).toBe(fault === 'throttled' ? 2502 : 1300)
  })
})
