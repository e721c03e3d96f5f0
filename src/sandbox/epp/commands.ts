import { NS } from '../../epp/namespaces.ts'
import { checkContacts, createContact, infoContact, updateContact } from './contact.ts'
import { checkDomains } from './domain-check.ts'
import { createDomain } from './domain-create.ts'
import { infoDomain } from './domain-info.ts'
import { deleteDomain, renewDomain, transferDomain } from './domain-transform.ts'
import { updateDomain } from './domain-update.ts'
import { HIT_POINTS, infoHitPoints } from './hit-points.ts'
import { checkHosts, createHost, infoHost, updateHost } from './host.ts'
import { refuse } from './refusal.ts'
import type { ObjectVerb } from './request.ts'
import type { Carry } from './turn.ts'

/** What can be done to which object, by the object's namespace. */
const COMMANDS: Readonly<Record<string, Partial<Record<ObjectVerb, Carry>>>> = {
  [NS.domain]: {
    check: checkDomains,
    info: infoDomain,
    create: createDomain,
    delete: deleteDomain,
    renew: renewDomain,
    update: updateDomain,
    transfer: transferDomain,
  },
  [NS.contact]: {
    check: checkContacts,
    info: infoContact,
    create: createContact,
    update: updateContact,
  },
  [NS.host]: { check: checkHosts, info: infoHost, create: createHost, update: updateHost },
  [HIT_POINTS]: { info: infoHitPoints },
}

/** Carries out an object command. @throws Refusal as the command's own, and 2101 for one that the object does not have. */
export const carryOut: Carry = (turn) => {
  const { verb, object } = turn.command
  if (object.ns === NS.domain) turn.dialect.inspect(turn)
  const carry = COMMANDS[object.ns]?.[verb]
  return carry ? carry(turn) : refuse(2101, `There is no ${verb} of this object here.`)
}
