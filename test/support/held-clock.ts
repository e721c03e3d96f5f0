import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { eppChannel } from '../../src/channels/epp.ts'
import { systemClock } from '../../src/clock.ts'
import type { Ready } from '../../src/sandbox/ready.ts'

/** A client's command keeps the sandbox's clock from leaping for ten seconds. */
const EVERY_MS = 3_000

const PERSON = {
  name: 'Otto Wache',
  organisation: null,
  street: ['1 Deich'],
  city: 'Emden',
  postalCode: '26721',
  country: 'DE',
  voice: '+49.4921000000',
  email: 'otto@example.org',
  citizenship: null,
  language: 'en',
} as const

/**
 * Keeps the leaping clock of a sandbox at 1:1 by working there as another registrar does.
 * @returns the function that lets it leap again.
 */
export async function holdClock(ready: Ready): Promise<() => Promise<void>> {
  const account = ready.accounts.at(-1)
  if (!account) throw new Error('the sandbox has no accounts')
  const channel = eppChannel({
    accreditations: [
      {
        registry: 'pir',
        id: account.id,
        password: account.pw,
        host: '127.0.0.1',
        port: ready.epp.pir,
        ca: await readFile(ready.ca, 'utf8'),
        servername: 'localhost',
        cert: null,
        key: null,
      },
    ],
    clock: systemClock,
    log: pino({ level: 'silent' }),
  })
  const over = new AbortController()
  const line = await channel.open('pir', over.signal)
  const work = async () => {
    for (let n = 1; !over.signal.aborted; n++) {
      await line.ensureContact(`watch-${n}`, PERSON)
      await setTimeout(EVERY_MS, undefined, { signal: over.signal }).catch(() => {})
    }
    await line.close()
  }
  const working = work()
  return async () => {
    over.abort()
    await working
  }
}
