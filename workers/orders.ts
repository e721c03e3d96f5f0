import type { Lines } from '../src/capture/lines.ts'
import type { Line } from '../src/channels/channel.ts'
import type { DomainName } from '../src/domain/name.ts'
import { extensionOf } from '../src/domain/name.ts'
import type { Probe, Source } from '../src/domain/observation.ts'
import { policyFor } from '../src/domain/policy/policies.ts'
import type { HostLimit } from '../src/domain/policy/policy.ts'
import { judge } from '../src/domain/verdict.ts'
import { clTRIDs } from '../src/epp/cltrid.ts'
import { classifyName } from '../src/orders/classify.ts'
import type { FulfilDeps } from '../src/orders/fulfil-deps.ts'
import { type RegisterDeps, reconcile, registerNow } from '../src/orders/register.ts'
import { makeRegisterOrder } from '../src/orders/register-order.ts'
import { storePermits } from '../src/store/permits.ts'
import { askSources } from '../src/watching/observe.ts'
import type { Installation } from './installation.ts'

/** An order or a race rather comes back than waits longer for its permit. */
const PERMIT_WAIT_MS = 5_000

/** Leave to send one command, shared with every process of the installation. */
export function permitOf({ db }: Installation) {
  const permits = storePermits(db)
  return async (host: string, limit: HostLimit, signal: AbortSignal): Promise<boolean> =>
    (await permits.take(host, limit, { maxWaitMs: PERMIT_WAIT_MS, signal })).granted
}

/** What to register for a holder, his contact brought to the registry first. */
export const orderFor =
  ({ db, sealer, config }: Installation) =>
  (line: Line, name: DomainName, nicHandle: string) =>
    makeRegisterOrder(line, name, nicHandle, { db, sealer, nameServers: config.nameServers })

/** How orders reach the registries. */
export function fulfilDeps(
  installation: Installation,
  probes: Readonly<Partial<Record<Source, Probe>>>,
  lines: Lines,
): FulfilDeps {
  const { db, log, config, registries } = installation
  const { clock, channel, priceOf } = registries
  const deps: RegisterDeps = {
    db,
    clock,
    log,
    channel,
    borrow: lines.borrow,
    permit: permitOf(installation),
    orderFor: orderFor(installation),
    priceOf,
    priceCeilingCents: config.priceCeilingCents,
    newClTRID: clTRIDs('VIGIE'),
  }
  const look = async (name: DomainName, signal: AbortSignal) => {
    const extension = extensionOf(name)
    if (!extension) throw new RangeError(`${name} is under none of our extensions`)
    const policy = policyFor(extension)
    return judge(await askSources(name, policy, { db, clock, probes }, signal), policy, clock.now())
  }
  return {
    db,
    clock,
    log,
    classify: (name, signal) => classifyName(name, { ...deps, look }, signal),
    register: (request, signal) => registerNow(request, deps, signal),
    reconcile: (request, signal) => reconcile(request, deps, signal),
  }
}
