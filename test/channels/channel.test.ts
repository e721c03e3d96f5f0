import { onTestFinished } from 'vitest'
import { eppChannel } from '../../src/channels/epp.ts'
import { noChannel } from '../../src/channels/none.ts'
import { systemClock } from '../../src/clock.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { openLog } from '../../src/log.ts'
import { type ChannelWorld, channelConformance } from '../support/channel-conformance.ts'
import { openFakeRegistry } from '../support/fake-registry.ts'
import { openSandboxRegistry } from '../support/sandbox-registry.ts'
import { smallRegistry } from '../support/small-registry.ts'

const log = openLog('silent')
const nameOf = (text: string) => text as DomainName
/** What a policy asks of the rhythm of commands is not what is tried here. */
const session = { spacingMs: 0, deadlineMs: 5_000 }

channelConformance('none', async () => ({ channel: noChannel(), closed: 'pir', open: null }))

channelConformance('epp, to a small registry,', async (): Promise<ChannelWorld> => {
  const holders = new Map([['held.org', 'somebody']])
  const registry = await openFakeRegistry(smallRegistry(holders, 'vigie'))
  onTestFinished(registry.close)
  const ours = { registry: 'pir', id: 'vigie', password: 'secret-1', ...registry.endpoint } as const
  return {
    channel: eppChannel({ accreditations: [ours], clock: systemClock, log, session }),
    closed: 'afnic',
    open: {
      registry: 'pir',
      account: 'vigie',
      free: [nameOf('free.org'), nameOf('free-too.org')],
      held: nameOf('held.org'),
      vanish: () => {
        for (const { socket } of registry.peers) socket.destroy()
      },
    },
  }
})

channelConformance('epp, to the sandbox,', async (): Promise<ChannelWorld> => {
  const sandbox = await openSandboxRegistry('verisign')
  sandbox.hold('held.com')
  return {
    channel: eppChannel({ accreditations: [sandbox.ours], clock: sandbox.clock, log, session }),
    closed: 'eurid',
    open: {
      registry: 'verisign',
      account: sandbox.ours.id,
      free: [nameOf('free.com'), nameOf('free-too.net')],
      held: nameOf('held.com'),
      vanish: sandbox.vanish,
    },
  }
})
