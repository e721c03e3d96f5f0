import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { EXTENSIONS } from '../domain/name.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { EppPolicy, Registry } from '../domain/policy/policy.ts'
import { measure, sampleOf } from '../epp/clock.ts'
import { clTRIDs } from '../epp/cltrid.ts'
import type { Endpoint } from '../epp/connection.ts'
import { DIALECTS } from '../epp/dialects/dialects.ts'
import { SESSION_DEFAULTS, Session, type SessionOptions } from '../epp/session.ts'
import type { Log } from '../log.ts'
import { randomAuthInfo } from './auth-info.ts'
import type { Channel } from './channel.ts'
import { EppLine } from './epp-line.ts'

/** Our account at one registry, and where it listens. */
export type Accreditation = Endpoint & {
  registry: Registry
  /** Registrar id (`clID`); also what `info` shows of names that are ours. */
  id: string
  password: string
}

export type EppChannelOptions = {
  /** At most one a registry. */
  accreditations: readonly Accreditation[]
  clock: Clock
  log: Log
  /** Made known as host objects at each opening, at registries that keep such. */
  nameServers?: readonly string[]
  /** Secrets for authInfo. */
  secret?: () => string
  /** Hellos at the opening, beside the greeting, that measure the clock there; `hello` of the line goes on with it. */
  readings?: number
  /** Deadlines and sizes, where they are not to be those of `SESSION_DEFAULTS`. */
  session?: Partial<Pick<SessionOptions, keyof typeof SESSION_DEFAULTS>>
}

/** Registers by EPP under our own accreditations. */
export function eppChannel(options: EppChannelOptions): Channel {
  const { clock, log, readings = 1, secret = () => randomAuthInfo() } = options
  const byRegistry = new Map(options.accreditations.map((ours) => [ours.registry, ours]))
  if (byRegistry.size < options.accreditations.length)
    throw new RangeError('a registry has more than one accreditation')
  return {
    kind: 'epp',
    accreditation: (registry) => {
      const ours = byRegistry.get(registry)
      return ours ? `${ours.id}@${registry}` : null
    },
    async open(registry, signal) {
      const ours = byRegistry.get(registry)
      if (!ours) throw new Error(`there is no accreditation for ${registry}`)
      const policy = policyOf(registry)
      const dialect = DIALECTS[policy.dialect]
      const id = `${ours.id}@${registry}/${randomUUID().slice(0, 8)}`
      const settings = { pipelined: dialect.pipelined, spacingMs: policy.spacingMs.value }
      const { session, greeted } = await Session.open(
        ours,
        { ...SESSION_DEFAULTS, ...settings, ...options.session, clock, log, id },
        signal,
      )
      const nextId = clTRIDs('vigie')
      const giveUp = () => void session.close()
      signal.addEventListener('abort', giveUp, { once: true })
      try {
        await session.login(ours, dialect.extensions, nextId())
        const first = sampleOf(greeted)
        const samples = await measure(session, readings, first ? [first] : [], clock, signal)
        log.info({ session: id, server: session.greeting.serverId }, 'EPP session open')
        const line = new EppLine({ session, samples, ours, policy, dialect, clock, secret, nextId })
        const faults = await line.ensureHosts(options.nameServers ?? [])
        if (faults.length > 0) log.warn({ session: id, faults }, 'name servers not known')
        return line
      } catch (error) {
        await session.close()
        throw error
      } finally {
        signal.removeEventListener('abort', giveUp)
      }
    },
  }
}

/** What the extensions of a registry say of its EPP; they say the same. */
function policyOf(registry: Registry): EppPolicy {
  const policy = EXTENSIONS.map(policyFor).find((policy) => policy.registry === registry)
  if (!policy) throw new RangeError(`no policy is of ${registry}`)
  return policy.epp
}
