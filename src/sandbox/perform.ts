import { policyFor } from '../domain/policy/policies.ts'
import type { Due } from './acts.ts'
import { createDomain, register, standardOrder } from './create.ts'
import { deleteDomain, expire, reinstate, requestRestore } from './deletion.ts'
import { type Desk, keep, notify, registrationOf, rulesOf } from './desk.ts'
import type { Act } from './fate.ts'
import { moveHosts } from './hosts.ts'
import { addYears, type DomainFacts, stageOf } from './life-cycle.ts'
import { approveByTime, handOver } from './transfer.ts'

/**
 * Does what is due at the desk's moment, and takes it off what is ahead of the name, so that nothing is due twice.
 * @returns one line for the log.
 */
export function perform(desk: Desk, facts: DomainFacts, due: Due): string {
  const { registry } = policyFor(facts.extension)
  const { name, sponsor, fate } = facts
  switch (due.kind) {
    case 'told': {
      const told = fate && { ...fate, acts: fate.acts.filter((act) => act !== due.act) }
      desk.state.put('domain', name, { ...facts, fate: told })
      return act(desk, name, due.act)
    }
    case 'by-chance': {
      const said = act(desk, name, due.act)
      const left = desk.state.table('domain').get(name)
      // A holder who is refused gives up.
      if (left === facts && fate)
        desk.state.put('domain', name, { ...facts, fate: { ...fate, holder: 'as-told' } })
      return said
    }
    case 'transfer':
      approveByTime(desk, registry, facts)
      return 'transferred, nobody having answered'
    case 'expiry':
      expire(desk, registry, facts)
      return 'deleted at the end of its term'
    case 'taken':
      register(desk, due.by, standardOrder(policyFor(facts.extension), due.by, name))
      return `taken by ${due.by} in the dropzone`
    case 'rival': {
      const by = due.rival.registrar
      const order = standardOrder(policyFor(facts.extension), by, name)
      const created = createDomain(desk, registry, by, order)
      if (created.ok) return `registered by ${by} (${due.rival.strategy.kind})`
      const rivals = fate?.rivals.filter((rival) => rival !== due.rival) ?? []
      desk.state.put('domain', name, { ...facts, fate: fate && { ...fate, rivals } })
      return `${by} was refused: ${created.reason}`
    }
    case 'purge':
      moveHosts(desk, registry, name, null)
      desk.state.put('domain', name, null)
      notify(desk, registry, sponsor, name, 'Purged')
      return 'free'
  }
}

/** What a holder has its registrar do; one that the registry refuses is as if it had not been tried. */
function act(desk: Desk, name: DomainFacts['name'], { does, to }: Act): string {
  const facts = registrationOf(desk, name)
  if (!facts) return `${does} came too late`
  const { registry } = policyFor(facts.extension)
  const rules = rulesOf(desk, facts.extension)
  const stage = stageOf(facts, rules, desk.at)
  switch (does) {
    case 'delete': {
      const deleted = deleteDomain(desk, registry, facts.sponsor, name)
      return deleted.ok ? `deleted by ${facts.sponsor}` : `not deleted: ${deleted.reason}`
    }
    case 'request-restore':
      requestRestore(desk, facts)
      return `${facts.sponsor} asks for its restore`
    case 'restore':
      if (!['redemption', 'quarantine', 'pendingRestore'].includes(stage))
        return `not restored from ${stage}`
      reinstate(desk, facts, facts.sponsor)
      return `restored by ${facts.sponsor}`
    case 'renew':
      if (facts.deletion) return `not renewed in ${stage}`
      // Also where the registry has added the year already: the holder pays for it, and it is no longer on trial.
      keep(desk, facts, facts.sponsor, {
        expiresAt: addYears(facts.expiresAt, 1),
        renewedAt: desk.at,
      })
      return `renewed by ${facts.sponsor}`
    case 'hand-over':
      if (stage !== 'registered' || to === null) return `not handed over from ${stage}`
      handOver(desk, registry, facts, to)
      return `handed over to ${to}`
  }
}
