import { randomBytes } from 'node:crypto'
import type { Fault } from '../manners.ts'

/** What becomes of the answer to a command that was carried out. */
export type Act =
  | { kind: 'answer'; afterMs: number }
  | { kind: 'silence'; afterMs: number }
  | { kind: 'cut'; afterMs: number }
  | { kind: 'garble'; bytes: Buffer; afterMs: number }

/** What becomes of an answer when nothing is wrong. */
export const HONEST: Act = { kind: 'answer', afterMs: 0 }

const SLOW_MS = 5_000

/**
 * What the faults that are on make of an answer to an object command. Greeting, login and logout are spared, so that
 * sessions open and what gets lost is an answer that matters: the command has been carried out all the same. The frame of a
 * garbled answer is whole, and holds noise.
 */
export function misbehave(faults: readonly Fault[]): Act {
  const afterMs = faults.includes('slow') ? SLOW_MS : 0
  if (faults.includes('cut')) return { kind: 'cut', afterMs }
  if (faults.includes('silent')) return { kind: 'silence', afterMs }
  if (faults.includes('garbled')) return { kind: 'garble', bytes: noise(), afterMs }
  return { kind: 'answer', afterMs }
}

function noise(): Buffer {
  const bytes = randomBytes(256)
  bytes.writeUInt32BE(bytes.length, 0)
  return bytes
}

/** How wrong the greeting's date is while the clock fault is on: far more than any network explains. */
export const CLOCK_FAULT_MS = 7 * 60_000
