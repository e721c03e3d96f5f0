import { onTestFinished } from 'vitest'
import { eppChannel } from '../../src/channels/epp.ts'
import { noChannel } from '../../src/channels/none.ts'
import { systemClock } from '../../src/clock.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { openLog } from '../../src/log.ts'
import { ACCOUNTS, openRegistry } from '../sandbox/epp/registry.ts'
import {
  channelConformance,
  type OpenWorld,
  registeringConformance,
} from '../support/channel-conformance.ts'
import { openFakeRegistry, TEST_CA } from '../support/fake-registry.ts'
import { smallRegistry } from '../support/small-registry.ts'

const log = openLog('silent')
const nameOf = (text: string) => text as DomainName
/** What a policy asks of the rhythm of commands is not what is tried here. */
const session = { spacingMs: 0, deadlineMs: 5_000 }

channelConformance('none', async () => ({ channel: noChannel(), closed: 'pir' }))

registeringConformance('epp, to a small registry,', async (): Promise<OpenWorld> => {
  const holders = new Map([['held.org', 'somebody']])
  const registry = await openFakeRegistry(smallRegistry(holders, 'vigie'))
  onTestFinished(registry.close)
  const ours = { registry: 'pir', id: 'vigie', password: 'secret-1', ...registry.endpoint } as const
  return {
    channel: eppChannel({ accreditations: [ours], clock: systemClock, log, session }),
    closed: 'afnic',
    registry: 'pir',
    account: 'vigie',
    free: [nameOf('free.org'), nameOf('free-too.org')],
    held: nameOf('held.org'),
    vanish: () => {
      for (const { socket } of registry.peers) socket.destroy()
    },
  }
})

registeringConformance('epp, to the sandbox,', async (): Promise<OpenWorld> => {
  const { port, books, clock, manners } = await openRegistry('pir')
  const held = nameOf('held.org')
  const bare = { years: 1, registrant: null, contacts: [], nameServers: [], authInfo: 'x' }
  books.createDomain('pir', 'quayside', { name: held, ...bare })
  const at = { host: '127.0.0.1', port, ca: TEST_CA, cert: null, key: null }
  const ours = { registry: 'pir', id: 'vigie', password: ACCOUNTS.vigie, ...at } as const
  return {
    channel: eppChannel({ accreditations: [ours], clock, log, session }),
    closed: 'eurid',
    registry: 'pir',
    account: 'vigie',
    free: [nameOf('free.org'), nameOf('free-too.org')],
    held,
    vanish: () => {
      manners.faults = ['cut']
    },
  }
})
