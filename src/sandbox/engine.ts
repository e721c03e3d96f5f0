import type { AnchoredClock } from '../clock.ts'
import { type DomainName, type Extension, extensionOf, type Label } from '../domain/name.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { Log } from '../log.ts'
import { Agenda } from './agenda.ts'
import { renewDomain, updateDomain } from './amend.ts'
import { contactOf, createContact, updateContact } from './contacts.ts'
import { createDomain } from './create.ts'
import { deleteDomain, restoreDomain } from './deletion.ts'
import { type Desk, rulesOf } from './desk.ts'
import { found, tellStories } from './found.ts'
import { createHost, hostOf, updateHost } from './hosts.ts'
import { type Journal, openJournal } from './journal.ts'
import { readKeptTime } from './kept-time.ts'
import { isDelegated } from './life-cycle.ts'
import { ack, poll } from './messages.ts'
import { perform } from './perform.ts'
import type { Books, Done } from './registry.ts'
import { standingOf } from './standing.ts'
import { type Origin, State } from './state.ts'
import { transferDomain } from './transfer.ts'
import type { World } from './world.ts'

/** Something changed in the books: by a client's command, or by itself. */
export type BooksChange = { by: 'client' | 'itself'; at: Date; names: readonly string[] }

/**
 * The registries' books, kept and moved on by the sandbox's clock. What is due happens at its own instant and before whatever
 * is asked later, however late a timer fires; so the first create after a release wins, exactly once.
 */
export type Engine = Books & {
  readonly world: World
  readonly origin: Origin
  /** Begins the stories of a label at the clock's time; a label that was told before goes on as it is. */
  tellStories(label: Label): void
  /** The next instant at which something happens that matters to those who watch; null when nothing is ahead. */
  nextEventAfter(at: Date): Date | null
  /** Calls back after each change. @returns the function that ends it. */
  onChange(listener: (change: BooksChange) => void): () => void
  /** Lets what is due happen by itself; until then it happens when somebody asks. */
  start(): void
  close(): void
}

/**
 * Opens the books of a state folder, or new ones; `stateDir` null keeps them in memory. The clock is put where it stood when
 * the folder was last in use; new books begin at the world's `startAt`, or at what the clock shows.
 * @throws when the journal of the folder cannot be read.
 */
export async function openEngine(options: {
  world: World
  stateDir: string | null
  clock: AnchoredClock
  log: Log
}): Promise<Engine> {
  const { world, stateDir, clock, log } = options
  const journal = openJournal(stateDir)
  const state = new State(journal)
  let origin = state.table('origin').get('all')
  if (origin) {
    const keptAt = readKeptTime(stateDir)
    clock.leapTo(keptAt && keptAt > state.lastAt ? keptAt : state.lastAt)
  } else {
    if (world.startAt) clock.leapTo(world.startAt)
    origin = { seed: world.seed, startAt: clock.now() }
    state.put('origin', 'all', origin)
    found({ state, world, seed: origin.seed, at: origin.startAt })
    state.commit(origin.startAt)
  }
  return new Registries(world, origin, clock, state, journal, log)
}

class Registries implements Engine {
  readonly world: World
  readonly origin: Origin
  readonly #clock: AnchoredClock
  readonly #state: State
  readonly #journal: Journal
  readonly #log: Log
  readonly #agenda: Agenda
  readonly #listeners = new Set<(change: BooksChange) => void>()
  readonly #closed = new AbortController()
  #rearm: (() => void) | null = null

  constructor(
    world: World,
    origin: Origin,
    clock: AnchoredClock,
    state: State,
    journal: Journal,
    log: Log,
  ) {
    this.world = world
    this.origin = origin
    this.#clock = clock
    this.#state = state
    this.#journal = journal
    this.#log = log
    this.#agenda = new Agenda(state.table('domain'), world, origin.seed)
  }

  now(): Date {
    return this.#clock.now()
  }
  policyOf(extension: Extension) {
    return policyFor(extension)
  }
  registrar(id: string) {
    return this.world.registrars.find((registrar) => registrar.id === id) ?? null
  }
  login(id: string, password: string) {
    const registrar = this.registrar(id)
    return registrar?.password === password ? registrar : null
  }
  standing(name: DomainName) {
    return this.#read((desk) => standingOf(desk, name))
  }
  delegation(name: DomainName) {
    return this.#read((desk) => {
      const extension = extensionOf(name)
      const facts = desk.state.table('domain').get(name)
      if (!extension || !facts || !isDelegated(facts, rulesOf(desk, extension), desk.at))
        return null
      return facts.nameServers
    })
  }
  contact(...[registry, id]: Parameters<Books['contact']>) {
    return this.#read((desk) => contactOf(desk, registry, id))
  }
  host(...[registry, name]: Parameters<Books['host']>) {
    return this.#read((desk) => hostOf(desk, registry, name))
  }
  poll(...[registry, by]: Parameters<Books['poll']>) {
    return this.#read((desk) => poll(desk, registry, by))
  }

  createDomain(...given: Parameters<Books['createDomain']>) {
    return this.#transform((desk) => createDomain(desk, ...given))
  }
  deleteDomain(...given: Parameters<Books['deleteDomain']>) {
    return this.#transform((desk) => deleteDomain(desk, ...given))
  }
  renewDomain(...given: Parameters<Books['renewDomain']>) {
    return this.#transform((desk) => renewDomain(desk, ...given))
  }
  updateDomain(...given: Parameters<Books['updateDomain']>) {
    return this.#transform((desk) => updateDomain(desk, ...given))
  }
  restoreDomain(...given: Parameters<Books['restoreDomain']>) {
    return this.#transform((desk) => restoreDomain(desk, ...given))
  }
  transferDomain(...given: Parameters<Books['transferDomain']>) {
    return this.#transform((desk) => transferDomain(desk, ...given))
  }
  createContact(...given: Parameters<Books['createContact']>) {
    return this.#transform((desk) => createContact(desk, ...given))
  }
  updateContact(...given: Parameters<Books['updateContact']>) {
    return this.#transform((desk) => updateContact(desk, ...given))
  }
  createHost(...given: Parameters<Books['createHost']>) {
    return this.#transform((desk) => createHost(desk, ...given))
  }
  updateHost(...given: Parameters<Books['updateHost']>) {
    return this.#transform((desk) => updateHost(desk, ...given))
  }
  ack(...given: Parameters<Books['ack']>) {
    return this.#transform((desk) => ack(desk, ...given))
  }

  tellStories(label: Label): void {
    const desk = this.#catchUp()
    tellStories(desk, label)
    this.#commit(desk.at, 'itself')
  }
  nextEventAfter(at: Date): Date | null {
    return this.#agenda.nextEventAfter(at)
  }
  onChange(listener: (change: BooksChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start(): void {
    void this.#run()
  }
  close(): void {
    if (this.#closed.signal.aborted) return
    this.#closed.abort()
    this.#rearm?.()
    this.#journal.close()
  }

  /** Waits for whatever is due next, anew after each change. */
  async #run(): Promise<void> {
    const { signal } = this.#closed
    while (!signal.aborted) {
      this.#catchUp()
      const changed = new AbortController()
      this.#rearm = () => changed.abort()
      const dueAt = this.#agenda.first()?.due.at ?? new Date(8.64e15)
      // Aborted means that something else may be due first, or that the books are closed.
      await this.#clock.until(dueAt, changed.signal).catch(() => {})
    }
  }

  #read<T>(read: (desk: Desk) => T): T {
    return read(this.#catchUp())
  }

  #transform<T>(work: (desk: Desk) => Done<T>): Done<T> {
    const desk = this.#catchUp()
    const result = work(desk)
    this.#commit(desk.at, 'client')
    return result
  }

  /** Lets everything happen that is due by now, each at its own instant. @returns the desk of this moment. */
  #catchUp(): Desk {
    const { world } = this
    const now = this.#clock.now()
    const desk = (at: Date): Desk => ({ state: this.#state, world, seed: this.origin.seed, at })
    if (this.#closed.signal.aborted) return desk(now)
    for (let next = this.#agenda.first(); next && next.due.at <= now; next = this.#agenda.first()) {
      const said = perform(desk(next.due.at), next.facts, next.due)
      this.#log.info({ name: next.facts.name, at: next.due.at }, said)
      this.#commit(next.due.at, 'itself')
    }
    return desk(now)
  }

  #commit(at: Date, by: BooksChange['by']): void {
    const names = this.#state.commit(at)
    if (names === null) return
    for (const name of names) this.#agenda.review(name)
    this.#rearm?.()
    for (const listener of [...this.#listeners]) listener({ by, at, names })
  }
}
