import { type Due, eventsOf, nextDue } from './acts.ts'
import type { DomainFacts } from './life-cycle.ts'
import type { World } from './world.ts'

/** A name with what is due for it next. */
export type Entry = { facts: DomainFacts; due: Due }

/** What is ahead of all names together; worked out anew only for a name that changed. */
export class Agenda {
  readonly #domains: ReadonlyMap<string, DomainFacts>
  readonly #world: World
  readonly #seed: number
  readonly #due = new Map<string, Entry>()
  #first: Entry | null = null

  constructor(domains: ReadonlyMap<string, DomainFacts>, world: World, seed: number) {
    this.#domains = domains
    this.#world = world
    this.#seed = seed
    for (const name of domains.keys()) this.review(name)
  }

  /** Works out again what is ahead of a name. */
  review(name: string): void {
    const facts = this.#domains.get(name)
    const due = facts ? nextDue(facts, this.#world, this.#seed) : null
    const wasFirst = this.#first?.facts.name === name
    if (facts && due) this.#due.set(name, { facts, due })
    else this.#due.delete(name)
    if (wasFirst) this.#first = this.#soonest()
    else if (facts && due && (!this.#first || due.at < this.#first.due.at))
      this.#first = { facts, due }
  }

  first(): Entry | null {
    return this.#first
  }

  /** The next instant that matters to those who watch the clock; null when nothing is ahead. */
  nextEventAfter(at: Date): Date | null {
    let next: Date | null = null
    for (const facts of this.#domains.values()) {
      for (const event of eventsOf(facts, this.#world, this.#seed, at))
        if (event > at && (!next || event < next)) next = event
    }
    return next
  }

  #soonest(): Entry | null {
    let soonest: Entry | null = null
    for (const entry of this.#due.values())
      if (!soonest || entry.due.at < soonest.due.at) soonest = entry
    return soonest
  }
}
