import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Opens a folder of recorded EPP frames: each one as `NNNN-KEY.xml`, numbered in the order of arrival and on from what the
 * folder holds. `key` names the registry; the frame comes with its secrets masked.
 */
export function openRecording(folder: string): (xml: string, key: string) => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const numbers = readdirSync(folder).map((file) => Number(/^(\d+)-.*\.xml$/.exec(file)?.[1] ?? 0))
  let last = Math.max(0, ...numbers)
  return (xml, key) => {
    last += 1
    const file = join(folder, `${String(last).padStart(4, '0')}-${key}.xml`)
    writeFileSync(file, xml, { mode: 0o600 })
  }
}
