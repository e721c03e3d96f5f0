import type { DomainName } from '../domain/name.ts'
import type { Probe, Registration } from '../domain/observation.ts'
import type { Registry } from '../domain/policy/policy.ts'
import { type Answer, registered, reserved, throttled, undetermined } from './answer.ts'
import { type ProbeDeps, pacedProbe } from './paced-probe.ts'

/** What one EPP check (RFC 5731 section 3.1.1) told: the result code, and each name's avail, reason and release instant. */
export type EppCheckAnswer = {
  /** RFC 5730 section 3; null where no answer came. */
  code: number | null
  message: string
  names: ReadonlyMap<
    DomainName,
    { available: boolean; reason: string | null; releaseAt: Date | null }
  >
}
/** Sends one check on a session of the registry. @returns null where there is no way to it. */
export type EppCheck = (
  registry: Registry,
  names: readonly DomainName[],
  signal: AbortSignal,
) => Promise<EppCheckAnswer | null>

/** Codes by which a registry says "too much" (RFC 5730 section 3; 2308 also comes with DNS Belgium's hit points). */
const TOO_MUCH: readonly number[] = [2308, 2400, 2502]

/** Asks the registry itself, over a session of ours, whether a name is to be had: the strongest evidence short of a create. */
export const eppCheckProbe = ({ check, ...deps }: ProbeDeps & { check: EppCheck }): Probe =>
  pacedProbe('epp', deps, async ({ name, policy, send }) => {
    if (!policy) return undetermined('no registry is known for the extension')
    const answer = await send((signal) => ended(check(policy.registry, [name], signal), signal))
    if (!answer) return undetermined(`no session with ${policy.registry}`)
    if (answer.code === null) return undetermined('the check was not answered')
    if (TOO_MUCH.includes(answer.code)) return throttled(`${answer.code} ${answer.message}`)
    if (answer.code !== 1000) return undetermined(`${answer.code} ${answer.message}`)
    const told = answer.names.get(name)
    if (!told) return undetermined('the answer does not speak of the name')
    if (told.available) return { kind: 'available', because: 'the registry says avail="1"' }
    return reasonSays(told.reason ?? '', told.releaseAt)
  })

/** A check that does not heed its signal still ends with it. */
function ended<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/**
 * Reasons for avail="0", first match counts: .eu's list (Net-DRI tests), AFNIC's ("In use", "Forbidden name", "Zone not
 * opened"), "Name held in the dropzone" (openprovider). Any other reason means that somebody holds the name.
 */
function reasonSays(reason: string, releaseAt: Date | null): Answer {
  const because = `the registry says avail="0"${reason ? `: ${reason}` : ''}`
  const held = (stage: Registration['stage']) =>
    registered(because, { stage, releaseAt }, {}, stage !== null)
  if (/drop-?zone/i.test(reason)) return { kind: 'dropzone', because }
  if (/quarantine/i.test(reason) || releaseAt) return held('quarantine')
  if (/on hold|suspended|seized|out of service|frozen/i.test(reason)) return held('hold')
  if (/premium/i.test(reason)) return reserved('premium', reason)
  if (/zone not opened|not open/i.test(reason)) return reserved('notOpen', reason)
  if (/blocked|withdrawn|forbidden/i.test(reason)) return reserved('blocked', reason)
  if (/reserved/i.test(reason)) return reserved('reserved', reason)
  if (/invalid|not allowed|syntax/i.test(reason)) return { kind: 'invalid', because }
  return held(null)
}
