import type {
  CheckAnswer,
  ContactData,
  CreateAnswer,
  Exchange,
  InfoAnswer,
  Line,
  RegisterOrder,
} from '../../../src/channels/channel.ts'
import type { Clock } from '../../../src/clock.ts'
import type { DomainName } from '../../../src/domain/name.ts'
import type { Registry } from '../../../src/domain/policy/policy.ts'

/** What the registries do with the create of a name. */
export type Fate =
  | 'created'
  /** The create is executed and its answer is lost. */
  | 'answer-lost'
  /** The create is lost on its way. */
  | 'command-lost'
  /** A rival registers the name just before. */
  | 'beaten'
  | 'refused'
  | 'no-session'

/** All registries' books in one, with what happened to them. */
export class FakeRegistry {
  readonly held = new Map<DomainName, { sponsor: string; createdAt: Date }>()
  readonly reserved = new Set<DomainName>()
  readonly fates = new Map<DomainName, Fate>()
  readonly fees = new Map<DomainName, number>()
  readonly created: RegisterOrder[] = []
  readonly contacts = new Map<string, ContactData>()
  /** Commands in their order, such as `check maison.com`. */
  readonly commands: string[] = []
  contactProblem: string | null = null
  silent = false
  readonly #clock: Clock
  #ids = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  hold(name: DomainName, sponsor = 'rival'): void {
    this.held.set(name, { sponsor, createdAt: new Date('2020-01-01T00:00:00Z') })
  }

  open(registry: Registry): Line {
    const registries = this
    return {
      registry,
      id: `${registry}-1`,
      offset: { offsetMs: 0, uncertaintyMs: 5, measuredAt: this.#clock.now() },
      alive: true,
      hello: async function () {
        return this.offset
      },
      check: async (names) => registries.#check(names),
      info: async (name) => registries.#info(name),
      prepareCreate: (order) => ({
        send: async (clTRID) => registries.#create(order, clTRID),
      }),
      async ensureContact(id, contact) {
        if (registries.contactProblem !== null)
          return { ok: false, reason: registries.contactProblem }
        registries.contacts.set(id, contact)
        return { ok: true, id }
      },
      close: async () => {},
    }
  }

  #check(names: readonly DomainName[]): CheckAnswer {
    const told: [
      DomainName,
      CheckAnswer['names'] extends ReadonlyMap<DomainName, infer T> ? T : never,
    ][] = []
    for (const name of names) {
      this.commands.push(`check ${name}`)
      if (this.silent) continue
      const available = !this.held.has(name) && !this.reserved.has(name)
      const reason = this.reserved.has(name) ? 'Reserved' : this.held.has(name) ? 'In use' : null
      told.push([
        name,
        { available, reason, releaseAt: null, feeCents: this.fees.get(name) ?? null },
      ])
    }
    return { ...this.#exchange(this.silent ? null : 1000), names: new Map(told) }
  }

  #info(name: DomainName): InfoAnswer {
    this.commands.push(`info ${name}`)
    if (this.silent) return { ...this.#exchange(null), kind: 'unknown' }
    const held = this.held.get(name)
    if (!held) return { ...this.#exchange(2303), kind: 'absent' }
    return {
      ...this.#exchange(1000),
      kind: 'registered',
      sponsor: held.sponsor,
      ours: held.sponsor === 'vigie',
      roid: null,
      createdAt: held.createdAt,
      createdBy: held.sponsor,
      updatedAt: null,
      expiresAt: yearAfter(held.createdAt),
      statuses: ['ok'],
      releaseAt: null,
    }
  }

  #create(order: RegisterOrder, clTRID: string): CreateAnswer {
    const { name } = order
    this.commands.push(`create ${name}`)
    const fate = this.fates.get(name) ?? 'created'
    const answer = (outcome: CreateAnswer['outcome'], code: number | null): CreateAnswer => ({
      ...this.#exchange(code),
      clTRID,
      outcome,
      createdAt: null,
      expiresAt: null,
    })
    if (fate === 'no-session') return answer('no-session', 2502)
    if (fate === 'refused') return answer('refused', 2306)
    if (fate === 'command-lost') {
      this.fates.delete(name)
      return answer('undetermined', null)
    }
    if (fate === 'beaten' && !this.held.has(name))
      this.held.set(name, { sponsor: 'rival', createdAt: this.#clock.now() })
    if (this.held.has(name)) return answer('exists', 2302)
    const createdAt = this.#clock.now()
    this.held.set(name, { sponsor: 'vigie', createdAt })
    this.created.push(order)
    if (fate === 'answer-lost') return answer('undetermined', null)
    return { ...answer('created', 1000), createdAt, expiresAt: yearAfter(createdAt) }
  }

  #exchange(code: number | null): Exchange {
    const at = this.#clock.now()
    return {
      clTRID: `test-${++this.#ids}`,
      svTRID: code === null ? null : `sv-${this.#ids}`,
      sentAt: at,
      answeredAt: code === null ? null : at,
      code,
      message: code === null ? 'no answer' : `code ${code}`,
    }
  }
}

const yearAfter = (at: Date): Date => new Date(at.getTime() + 365 * 86_400_000)
