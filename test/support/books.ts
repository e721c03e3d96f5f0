import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { AnchoredClock } from '../../src/clock.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { type Engine, openEngine } from '../../src/sandbox/engine.ts'
import { readWorld } from '../../src/sandbox/read-world.ts'
import type { DomainCreate } from '../../src/sandbox/registry.ts'

/** Registries' books with a clock that stands still until it is moved. */
export type TestBooks = { engine: Engine; clock: AnchoredClock; at(instant: string): Engine }

/** When the stories of the tests begin, unless they say otherwise: a winter morning. */
export const START = '2027-01-11T09:00:00.000Z'

/** Opens the books of the default world with some fields changed. `wall` makes the clock run: milliseconds from 0 on. */
export async function openBooks(
  changes: Record<string, unknown> = {},
  stateDir: string | null = null,
  wall: () => number = () => 0,
): Promise<TestBooks> {
  const clock = new AnchoredClock({ wallMs: 0, atMs: Date.parse(START), speed: 1 }, wall)
  const log = pino({ level: 'silent' })
  const engine = await openEngine({ world: readWorld(changes), stateDir, clock, log })
  onTestFinished(() => engine.close())
  return {
    engine,
    clock,
    at(instant) {
      clock.leapTo(new Date(instant))
      return engine
    },
  }
}

export const name = (text: string): DomainName => text as DomainName

/** An order for a name of a registry that wants no contacts. */
export const order = (text: string, changes: Partial<DomainCreate> = {}): DomainCreate => ({
  name: name(text),
  years: 1,
  registrant: null,
  contacts: [],
  nameServers: [],
  authInfo: 'open-sesame',
  ...changes,
})

/** The registration, or a failure when there is none. */
export function held(engine: Engine, text: string) {
  const standing = engine.standing(name(text))
  if (standing.kind !== 'registered') throw new Error(`${text} is ${standing.kind}`)
  return standing.domain
}

/** Where the name stands, in one word. */
export function stage(engine: Engine, text: string): string {
  const standing = engine.standing(name(text))
  return standing.kind === 'registered' ? standing.domain.stage : standing.kind
}
