import { type DomainName, EXTENSIONS, extensionOf, type Label, nameIn } from '../domain/name.ts'
import { policyFor } from '../domain/policy/policies.ts'
import { REGISTRIES } from '../domain/policy/policy.ts'
import { enterContact, standardContact } from './contacts.ts'
import { register, standardNameServers, standardOrder } from './create.ts'
import { deletionOf } from './deletion.ts'
import { type Desk, homeOf } from './desk.ts'
import { DAY_MS } from './duration.ts'
import type { Fate, Story } from './fate.ts'
import { createHost, keepsHosts } from './hosts.ts'
import { addYears, type DomainFacts } from './life-cycle.ts'

type Held = Pick<Story, 'heldBy' | 'years' | 'delegated'> & {
  expiresInMs: number
  deletedAgoMs: number | null
  fate: Fate | null
}

/** Fills empty books: what every registrar has, the names without a fate, and the fates of whole names. */
export function found(desk: Desk): void {
  const { names, fates, registrars } = desk.world
  for (const { id, name } of registrars) equip(desk, id, name)
  const holders = registrars.slice(1)
  const groups = [
    { names: names.active, expiresInMs: 540 * DAY_MS, deletedAgoMs: null },
    { names: names.redemption, expiresInMs: -30 * DAY_MS, deletedAgoMs: 4 * DAY_MS },
    { names: names.pendingDelete, expiresInMs: -60 * DAY_MS, deletedAgoMs: 31 * DAY_MS },
    { names: names.quarantine, expiresInMs: 90 * DAY_MS, deletedAgoMs: 9 * DAY_MS },
  ]
  for (const group of groups) {
    for (const [index, name] of group.names.entries()) {
      const { id: heldBy } = holders[index % holders.length]!
      enter(desk, name, { ...group, heldBy, years: 6, delegated: true, fate: null })
    }
  }
  for (const [name, story] of Object.entries(fates)) tell(desk, name as DomainName, story)
}

/** Begins the stories of a label at the desk's moment, once and for all; a name that is in the books already keeps its own. */
export function tellStories(desk: Desk, label: Label): void {
  if (desk.state.table('told').has(label)) return
  for (const extension of EXTENSIONS) {
    const story = desk.world.stories[extension]
    const name = nameIn(label, extension)
    if (story && !desk.state.table('domain').has(name)) tell(desk, name, story)
  }
  desk.state.put('told', label, { label, at: desk.at })
}

function tell(desk: Desk, name: DomainName, story: Story): void {
  const { expiresAfter, expiredBefore = 0, deletedBefore = null } = story
  const later = (ms: number) => new Date(desk.at.getTime() + ms)
  const acts = story.acts.map(({ after, does, to = null }) => ({ at: later(after), does, to }))
  const uneventful = acts.length === 0 && deletedBefore === null && story.holder === 'as-told'
  enter(desk, name, {
    ...story,
    expiresInMs: expiresAfter ?? -expiredBefore,
    deletedAgoMs: deletedBefore,
    fate: uneventful
      ? null
      : { acts, lateMs: story.late ?? null, rivals: story.rivals, holder: story.holder },
  })
}

/** Enters a registration as it stands at the desk's moment, with its past. */
function enter(desk: Desk, name: DomainName, held: Held): void {
  const extension = extensionOf(name)
  if (!extension) return
  const { heldBy, years, deletedAgoMs, fate } = held
  const ago = (ms: number) => new Date(desk.at.getTime() - ms)
  const expiresAt = ago(-held.expiresInMs)
  const createdAt = addYears(expiresAt, -years)
  const renewedAt = years > 1 ? addYears(expiresAt, -1) : null
  const order = standardOrder(policyFor(extension), heldBy, name)
  const nameServers = held.delegated ? order.nameServers : []
  register({ ...desk, at: createdAt }, heldBy, { ...order, years, nameServers })
  const facts: DomainFacts = {
    ...desk.state.table('domain').get(name)!,
    expiresAt,
    updatedAt: renewedAt && renewedAt < desk.at ? renewedAt : null,
    updatedBy: renewedAt && renewedAt < desk.at ? heldBy : null,
    fate,
  }
  const deletedAt = deletedAgoMs === null ? null : ago(deletedAgoMs)
  const past = deletedAt && {
    deletion: deletionOf(desk, facts, deletedAt),
    updatedBy: heldBy,
    updatedAt: deletedAt,
  }
  desk.state.put('domain', name, { ...facts, ...past })
}

/** A registrar's contact for its holders and its two name servers, at every registry that keeps such objects. */
function equip(desk: Desk, by: string, name: string): void {
  for (const registry of REGISTRIES) {
    if (policyFor(homeOf(registry)).epp.dialect !== 'verisign')
      enterContact(desk, registry, by, {
        id: standardContact(by),
        postal: [
          {
            type: 'int',
            name: 'Domain Holder',
            organisation: name,
            street: ['1 Sandbox Quay'],
            city: 'Brest',
            province: null,
            postalCode: '29200',
            country: 'FR',
          },
        ],
        voice: '+33.200000000',
        fax: null,
        email: `holder@${by}.example`,
        authInfo: null,
      })
    if (!keepsHosts(registry)) continue
    for (const host of standardNameServers(by)) createHost(desk, registry, by, host, [])
  }
}
