import type { Done } from '../registry.ts'
import type { Answer } from './answer.ts'
import type { Call } from './call.ts'
import type { Delegations } from './delegations.ts'
import type { Dialect } from './dialect.ts'
import type { Ledger } from './ledger.ts'
import { Refusal } from './refusal.ts'

/** A call with what the server keeps beside the books. */
export type Turn = Call & { dialect: Dialect; ledger: Ledger; delegations: Delegations }

/** Carries out one command. @throws Refusal when it cannot. */
export type Carry = (turn: Turn) => Answer

/** What the books did. @throws Refusal with their code and reason when they did not. */
export function settled<T>(done: Done<T>): T {
  if (!done.ok) throw new Refusal(done.code, done.reason)
  return done.value
}
