import { afterAll, describe, expect, it } from 'vitest'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers } from './client.ts'
import { create, person, role } from './frames.ts'
import { openRegistry } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

describe('Identity Digital and GoDaddy', () => {
  it.each([
    ['identityDigital', 'vent-debout.info'],
    ['godaddy', 'vent-debout.biz'],
  ] as const)('%s wants contacts', async (registry, name) => {
    const client = await (await openRegistry(registry)).open()
    await client.ask(person('ada-1'))
    expect((await client.ask(create(name))).code).toBe(2003)
    const contacts = role('admin', 'ada-1') + role('tech', 'ada-1')
    expect((await client.ask(create(name, { registrant: 'ada-1', contacts }))).code).toBe(1000)
  })
})
