/*
 * The sandbox's EPP server by duty: connection.ts has the wire and the time, request.ts and shape.ts read what was said,
 * session.ts knows who may say it, commands.ts and the files it names carry it out on the books, dialects/ has in what each
 * registry differs, ledger.ts and fault.ts its manners, and answer.ts writes what goes back. Whatever cannot be done is a
 * Refusal, thrown where it is found and answered here.
 */
import { randomUUID } from 'node:crypto'
import type { Registry } from '../../domain/policy/policy.ts'
import { endsSession } from '../../epp/result-code.ts'
import type { Log } from '../../log.ts'
import type { Limiter } from '../limiter.ts'
import type { EppManners } from '../manners.ts'
import type { Books } from '../registry.ts'
import type { Accounts } from './accounts.ts'
import { type Answer, done, refused, renderAnswer } from './answer.ts'
import { carryOut } from './commands.ts'
import type { Delegations } from './delegations.ts'
import { dialectOf } from './dialect-of.ts'
import { extensionsOf, objectsOf, renderGreeting } from './greeting.ts'
import type { Ledger } from './ledger.ts'
import { readLogin } from './login.ts'
import { chargeFor } from './penalty.ts'
import { poll } from './poll.ts'
import { Refusal, refuse } from './refusal.ts'
import type { ObjectCommand, Request, SessionCommand } from './request.ts'
import { expectSequence } from './shape.ts'
import type { Turn } from './turn.ts'

/** What all sessions of one registry have in common. */
export type House = {
  registry: Registry
  books: Books
  manners: EppManners
  accounts: Accounts
  ledger: Ledger
  delegations: Delegations
  limiter: Limiter
  /** The registry's clock as it shows itself, skew included. */
  shownNow(): Date
  log: Log
}

/** What goes back for one frame, and whether the connection ends behind it. */
export type Reply = { xml: string; ends: boolean; kind: 'greeting' | 'session' | 'object' }

/** Wrong logins that a connection may send; with the last one it is closed (2501). */
const MOST_FAILED_LOGINS = 3

/** One client's session, from the greeting to the end: RFC 5730 section 2, without the wire. */
export class Session {
  readonly #house: House
  #account: string | null = null
  #services = new Set<string>()
  #failedLogins = 0

  constructor(house: House) {
    this.#house = house
  }

  /** Account id once logged in. */
  get account(): string | null {
    return this.#account
  }

  greet(): Reply {
    const { registry, shownNow } = this.#house
    return { xml: renderGreeting(registry, shownNow()), ends: false, kind: 'greeting' }
  }

  /** Carries out one request, in full, before it returns. Never throws: our own fault is a 2400. */
  answer(request: Request): Reply {
    if (request.kind === 'hello') return this.greet()
    const answer = this.#settle(() => this.#carryOut(request))
    return this.#reply(answer, request.clTRID, request.kind === 'object' ? 'object' : 'session')
  }

  /** The answer to what is no frame at all; nothing after it can be read. */
  breakOff(reason: string): Reply {
    return this.#reply(refused(new Refusal(2500, reason)), null, 'session')
  }

  /** Gives the account its session back. */
  end(): void {
    if (this.#account !== null) this.#house.accounts.close(this.#account)
    this.#account = null
  }

  #carryOut(request: Exclude<Request, { kind: 'hello' }>): Answer {
    switch (request.kind) {
      case 'refused':
        throw request.refusal
      case 'session':
        return this.#carryOutSession(request.command)
      case 'object':
        return this.#carryOutObject(request.command)
    }
  }

  #carryOutSession(command: SessionCommand): Answer {
    const { books, registry } = this.#house
    if (command.verb === 'login') return this.#login(command)
    const by = this.#demandAccount()
    if (command.verb === 'poll') {
      this.#demandPermit(by)
      return poll(books, registry, by, command.body)
    }
    expectSequence(command.body, '')
    return done(1500)
  }

  #login(command: SessionCommand): Answer {
    const { accounts, manners, registry } = this.#house
    if (this.#account !== null) refuse(2002, 'The session is logged in already.')
    const login = readLogin(command, registry)
    if (manners.faults.includes('sessions-refused') || manners.faults.includes('throttled'))
      refuse(2502, 'No sessions are taken at present.')
    const registrar = accounts.find(login.id, login.password)
    if (!registrar) {
      this.#failedLogins += 1
      const last = this.#failedLogins >= MOST_FAILED_LOGINS
      return refuse(last ? 2501 : 2200, 'There is no account with that id and password.')
    }
    if (!accounts.open(registrar.id, manners.sessions))
      refuse(2502, `At most ${manners.sessions} sessions an account.`)
    if (login.newPassword !== null) accounts.changePassword(registrar.id, login.newPassword)
    this.#account = registrar.id
    this.#services = new Set(login.services)
    return done(1000)
  }

  #carryOutObject(command: ObjectCommand): Answer {
    const { books, registry, ledger, delegations } = this.#house
    const by = this.#demandAccount()
    this.#demandPermit(by)
    this.#demandServices(command)
    const dialect = dialectOf(registry)
    const speaks = (uri: string) => this.#services.has(uri)
    const turn: Turn = { books, registry, by, command, dialect, ledger, delegations, speaks }
    try {
      return carryOut(turn)
    } catch (error) {
      if (error instanceof Refusal) chargeFor(turn, error)
      throw error
    }
  }

  #demandAccount(): string {
    return this.#account ?? refuse(2002, 'The session is not logged in.')
  }

  /** @throws Refusal 2400 above the account's rate, 2502 while everybody is refused. */
  #demandPermit(account: string): void {
    const { limiter, manners } = this.#house
    if (manners.faults.includes('throttled')) refuse(2502, 'The server is too busy.')
    const waitMs = limiter.take(account)
    if (waitMs > 0) refuse(2400, `Too many commands; the next one is taken in ${waitMs} ms.`)
  }

  /**
   * Objects and extensions that the greeting offers. What a client sends without having named it at login is taken: it
   * plainly speaks it, and from then on it is answered in it too.
   * @throws Refusal 2307, 2103.
   */
  #demandServices({ object, extensions }: ObjectCommand): void {
    const { registry } = this.#house
    if (!objectsOf(registry).includes(object.ns))
      refuse(2307, `The object ${object.ns || 'without a namespace'} is not offered.`)
    for (const { ns } of extensions) {
      if (!extensionsOf(registry).includes(ns))
        refuse(2103, `The extension ${ns || 'without a namespace'} is not offered.`)
      this.#services.add(ns)
    }
  }

  #settle(carry: () => Answer): Answer {
    try {
      return carry()
    } catch (error) {
      if (error instanceof Refusal) return refused(error)
      this.#house.log.error({ err: error, registry: this.#house.registry }, 'EPP command failed')
      return refused(new Refusal(2400, 'The server could not carry out the command.'))
    }
  }

  #reply(answer: Answer, clTRID: string | null, kind: Reply['kind']): Reply {
    const xml = renderAnswer(answer, clTRID, `${this.#house.registry}-${randomUUID()}`)
    return { xml, ends: endsSession(answer.code), kind }
  }
}
