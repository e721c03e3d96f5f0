import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readWorld, readWorldFile } from '../../src/sandbox/read-world.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

const problemsOf = (changes: unknown): string => {
  try {
    readWorld(changes)
    return 'none'
  } catch (error) {
    return (error as Error).message
  }
}

describe('a world', () => {
  it('is the default one where the file says nothing', () => {
    const world = readWorld({ extensions: { com: { lifeCycle: { pendingDeleteDays: 6 } } } })
    expect(world.extensions.com.lifeCycle).toMatchObject({
      redemptionDays: 30,
      pendingDeleteDays: 6,
    })
    expect(world.extensions.net.lifeCycle.pendingDeleteDays).toBe(5)
  })

  it('may have a release rule of another kind', () => {
    const release = {
      kind: 'on-the-hour',
      spread: '0s',
      lateness: { upTo: '0s', tail: { probability: 0, upTo: '0s' }, nextDay: 0 },
    }
    expect(readWorld({ extensions: { com: { release } } }).extensions.com.release).toMatchObject({
      kind: 'on-the-hour',
      spread: 0,
    })
  })

  it.each([
    [{ seed: 'often' }, /^seed: /],
    [{ sead: 7 }, /Unrecognized key: "sead"/],
    [{ stories: { com: { years: 0 } } }, /^stories\.com\.years: /m],
    [{ stories: { com: { late: 'soon' } } }, /^stories\.com\.late: "soon" is no length of time/m],
    [
      { stories: { com: { heldBy: 'nobody' } } },
      /^stories\.com: "nobody" is none of the registrars/m,
    ],
    [
      { fates: { 'x.shop': { heldBy: 'polder', years: 2, expiresAfter: '1d' } } },
      /^fates\.x\.shop: this is no name directly below one of the extensions/m,
    ],
    [
      { extensions: { fr: { release: { timeZone: 'Europe/Brest' } } } },
      /^extensions\.fr\.release\.timeZone: no time zone/m,
    ],
    [{ registries: { pir: { epp: { sessions: 0 } } } }, /^registries\.pir\.epp\.sessions: /m],
    [{ stories: { eu: { expiresAfter: '9999d' } } }, /created after its story begins/],
    [{ names: { free: ['-x.com'] } }, /^names\.free\.0: /m],
    ['a word', /^the world: /],
  ])('with %j is refused, naming the field', (changes, message) => {
    expect(problemsOf(changes)).toMatch(message)
  })

  it('file that cannot be read is named', async () => {
    const { path, remove } = await openTemporaryFolder()
    onTestFinished(remove)
    const file = join(path, 'world.json')
    expect(() => readWorldFile(file)).toThrow(`World file ${file}: ENOENT`)
    writeFileSync(file, '{"seed": ')
    expect(() => readWorldFile(file)).toThrow(`World file ${file}: `)
    writeFileSync(file, '{"seed": 4}')
    expect(readWorldFile(file).seed).toBe(4)
  })
})
