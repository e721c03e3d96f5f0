import type { Clock } from '../clock.ts'
import { type DomainName, EXTENSIONS, extensionOf, unicodeOf } from '../domain/name.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { EppPolicy, Registry } from '../domain/policy/policy.ts'
import { type ClockSample, estimateOffset, measure } from '../epp/clock.ts'
import type { Command } from '../epp/command.ts'
import type { Context, Dialect } from '../epp/dialects/dialect.ts'
import { checkDomains, createDomain, infoDomain } from '../epp/domain-command.ts'
import { readDomainCreated, readDomainInfo, readRgpStatuses } from '../epp/domain-response.ts'
import type { Reply } from '../epp/in-flight.ts'
import type { Response } from '../epp/response.ts'
import { createOutcome, isSuccess } from '../epp/result-code.ts'
import type { Session } from '../epp/session.ts'
import type {
  CheckAnswer,
  ClockOffset,
  ContactData,
  CreateAnswer,
  Exchange,
  InfoAnswer,
  Line,
  PreparedCreate,
  RegisterOrder,
} from './channel.ts'
import { batchesOf, type Checked, readChecks } from './epp-check-answer.ts'
import { ensureContact } from './epp-contact.ts'
import { ensureHosts } from './epp-host.ts'

/** What a line is made of. */
export type EppLineParts = {
  session: Session
  samples: readonly ClockSample[]
  ours: { id: string; registry: Registry }
  policy: EppPolicy
  dialect: Dialect
  clock: Clock
  secret: () => string
  nextId: () => string
}

/** Readings of the registry's clock that are kept; older ones bound nothing that newer ones do not. */
const READINGS_KEPT = 32

/** A logged-in EPP session as the rest of Vigie sees it. */
export class EppLine implements Line {
  readonly #parts: EppLineParts
  #samples: readonly ClockSample[]

  constructor(parts: EppLineParts) {
    this.#parts = parts
    this.#samples = parts.samples
  }

  get registry(): Registry {
    return this.#parts.ours.registry
  }

  get id(): string {
    return this.#parts.session.id
  }

  get alive(): boolean {
    return this.#parts.session.alive
  }

  /** Of unbounded uncertainty while the registry's greeting has shown no date. */
  get offset(): ClockOffset {
    const unknown = { offsetMs: 0, uncertaintyMs: Number.POSITIVE_INFINITY }
    return estimateOffset(this.#samples) ?? { ...unknown, measuredAt: this.#parts.clock.now() }
  }

  /**
   * Takes up to a second longer than its round trip where the registry prints whole seconds and the offset is still
   * uncertain (`measure`): not to be called in the last seconds before a shot.
   * @throws Error when the hello is not answered.
   */
  async hello(): Promise<ClockOffset> {
    const { session, clock } = this.#parts
    const samples = await measure(session, 1, this.#samples, clock)
    if (samples.length === this.#samples.length)
      throw session.ended ?? new Error('hello was not answered with a date')
    this.#samples = samples.slice(-READINGS_KEPT)
    return this.offset
  }

  /** Asks in as many commands as the registry wants; what one of them was not answered is missing in `names`. */
  async check(names: readonly DomainName[]): Promise<CheckAnswer> {
    const { dialect, policy } = this.#parts
    const known = new Map<DomainName, Checked>()
    let told: Exchange | null = null
    for (const batch of batchesOf(names, policy.checkNames)) {
      const context = this.#context(batch[0]!)
      const wire = batch.map((name) => this.#wireName(name))
      const { exchange, answer } = await this.#exchange(checkDomains(wire, dialect.check(context)))
      if (answer)
        for (const [name, check] of readChecks(answer, batch, dialect)) known.set(name, check)
      // One answer for all: the first that says why some are missing, else the last.
      if (told === null || (told.code !== null && isSuccess(told.code))) told = exchange
    }
    if (told === null) throw new RangeError('check of no name')
    return { ...told, names: known }
  }

  async info(name: DomainName): Promise<InfoAnswer> {
    const { dialect, ours } = this.#parts
    const command = infoDomain(this.#wireName(name), null, dialect.info(this.#context(name)))
    const { exchange, answer } = await this.#exchange(command)
    if (answer?.code === 2303) return { ...exchange, kind: 'absent' }
    const info = answer && isSuccess(answer.code) ? readDomainInfo(answer) : null
    if (!answer || !info) return { ...exchange, kind: 'unknown' }
    const { stages, releaseAt } = dialect.readStage(answer)
    const rgp = readRgpStatuses(answer).map((s) => (s === 'pendingDelete' ? 'rgpPendingDelete' : s))
    return {
      ...exchange,
      kind: 'registered',
      sponsor: info.clID ?? '',
      ours: info.clID === ours.id,
      roid: info.roid,
      createdAt: info.createdAt,
      createdBy: info.crID,
      updatedAt: info.updatedAt,
      expiresAt: info.expiresAt,
      statuses: [...info.statuses, ...rgp, ...stages],
      releaseAt,
    }
  }

  /** @throws RangeError for a name of another registry, XmlError for a text that XML cannot carry. */
  prepareCreate(order: RegisterOrder): PreparedCreate {
    const { dialect } = this.#parts
    const context = this.#context(order.name)
    const unicode = unicodeOf(order.name)
    const idn =
      order.idnTag !== null && unicode !== order.name ? { unicode, tag: order.idnTag } : null
    const contactsOf = (type: 'admin' | 'tech' | 'billing') =>
      order[type].map((id) => ({ type, id }))
    const command = createDomain(
      {
        name: this.#wireName(order.name),
        years: order.years,
        nameServers: { as: dialect.nameServers, hosts: order.nameServers },
        registrant: order.registrant,
        contacts: [...contactsOf('admin'), ...contactsOf('tech'), ...contactsOf('billing')],
        authInfo: this.#authInfo(),
      },
      dialect.create(context, idn),
    )
    return { send: (clTRID) => this.#create(command, clTRID) }
  }

  async #create(command: Command, clTRID: string): Promise<CreateAnswer> {
    const reply = await this.#parts.session.send(command, clTRID)
    const created = reply.answer && readDomainCreated(reply.answer)
    return {
      ...this.#told(reply, clTRID),
      // What never left was not executed, whatever else is unknown.
      outcome: reply.sentAt === null ? 'no-session' : createOutcome(reply.answer?.code ?? null),
      createdAt: created?.createdAt ?? null,
      expiresAt: created?.expiresAt ?? null,
    }
  }

  ensureContact(
    id: string,
    contact: ContactData,
  ): Promise<{ ok: true; id: string } | { ok: false; reason: string }> {
    const { session, dialect } = this.#parts
    return ensureContact(id, contact, {
      dialect,
      greeting: session.greeting,
      authInfo: this.#authInfo(),
      send: (command) => this.#exchange(command),
    })
  }

  /** Makes sure of host objects, where the registry keeps such. @returns what is amiss, for people. */
  async ensureHosts(names: readonly string[]): Promise<string[]> {
    const { session, dialect, ours } = this.#parts
    const extension = EXTENSIONS.find((each) => policyFor(each).registry === ours.registry)
    if (dialect.nameServers !== 'objects' || !extension) return []
    const extensions = dialect.host({ extension, greeting: session.greeting })
    return ensureHosts(names, extensions, (command) => this.#exchange(command))
  }

  close(): Promise<void> {
    return this.#parts.session.close()
  }

  async #exchange(command: Command): Promise<{ exchange: Exchange; answer: Response | null }> {
    const clTRID = this.#parts.nextId()
    const reply = await this.#parts.session.send(command, clTRID)
    return { exchange: this.#told(reply, clTRID), answer: reply.answer }
  }

  #told({ answer, sentAt, answeredAt, why }: Reply<Response>, clTRID: string): Exchange {
    return {
      clTRID,
      svTRID: answer?.svTRID ?? null,
      sentAt: sentAt ?? this.#parts.clock.now(),
      answeredAt,
      code: answer?.code ?? null,
      message: answer ? [answer.message, ...answer.reasons].filter(Boolean).join('; ') : why,
    }
  }

  #wireName(name: DomainName): string {
    return this.#parts.policy.nameForm === 'u-label' ? unicodeOf(name) : name
  }

  #authInfo(): string {
    const { policy, secret } = this.#parts
    return policy.authInfo === 'required' ? secret() : ''
  }

  #context(name: DomainName): Context {
    const { session, ours } = this.#parts
    const extension = extensionOf(name)
    if (!extension || policyFor(extension).registry !== ours.registry)
      throw new RangeError(`${name} is no name of ${ours.registry}`)
    return { extension, greeting: session.greeting }
  }
}
