import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnchoredClock } from '../clock.ts'

/** How often the time is written down; a killed sandbox loses no more than this. Real time. */
const EVERY_MS = 1_000

const fileIn = (stateDir: string) => join(stateDir, 'clock.json')

/** What the clock showed when the folder was last in use; null when it never was. */
export function readKeptTime(stateDir: string | null): Date | null {
  if (stateDir === null) return null
  try {
    const { at } = JSON.parse(readFileSync(fileIn(stateDir), 'utf8'))
    const kept = new Date(at)
    return Number.isNaN(kept.getTime()) ? null : kept
  } catch {
    return null
  }
}

/** Writes down what the clock shows, each second and at every leap, so that it stands still while the sandbox is off. */
export function keepTime(stateDir: string, clock: AnchoredClock): { close(): void } {
  const keep = () => {
    const draft = `${fileIn(stateDir)}.new`
    writeFileSync(draft, JSON.stringify({ at: clock.now() }), { mode: 0o600 })
    renameSync(draft, fileIn(stateDir))
  }
  keep()
  const timer = setInterval(keep, EVERY_MS)
  const unlisten = clock.onMove(keep)
  return {
    close() {
      clearInterval(timer)
      unlisten()
      keep()
    },
  }
}
