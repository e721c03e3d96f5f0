import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../clock.ts'

/** A timer may be late by some milliseconds under load and early by up to 1.8 ms (measured 2026-11): it only brings us near. */
const NEAR_MS = 2

/** Waits until `at` on the clock, never returning early: a timer to just before it, then turns of the event loop. */
export async function aim(clock: Clock, at: Date, signal: AbortSignal): Promise<void> {
  await clock.until(new Date(at.getTime() - NEAR_MS), signal)
  while (clock.now() < at) {
    signal.throwIfAborted()
    await setImmediate()
  }
}
