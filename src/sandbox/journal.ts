import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** One object put in its table, or taken out of it (`null`). */
export type Change = readonly [table: string, key: string, value: unknown]
/** What one transform changed, all of it or nothing. */
export type Entry = { at: Date; changes: readonly Change[] }

/** Entries on disk in the order they were written, one JSON object a line. */
export type Journal = {
  readonly entries: readonly Entry[]
  /** Hands the entry to the operating system before it returns, so that it outlives a killed process. */
  append(entry: Entry): void
  /** Puts these entries in place of all the others. */
  compact(entries: readonly Entry[]): void
  close(): void
}

/**
 * Opens the journal of a state folder, or one that forgets (`null`). A last line that is torn, as a kill in the middle of
 * a write leaves it, is dropped: its transform was never answered.
 * @throws an Error naming file and line when any other line cannot be read.
 */
export function openJournal(stateDir: string | null): Journal {
  if (stateDir === null) return { entries: [], append() {}, compact() {}, close() {} }
  mkdirSync(stateDir, { recursive: true, mode: 0o700 })
  const file = join(stateDir, 'journal.jsonl')
  const entries = existsSync(file) ? readEntries(file) : []
  let handle: number | null = null
  const open = () => {
    handle ??= openSync(file, 'a', 0o600)
    return handle
  }
  return {
    entries,
    append: (entry) => writeWhole(open(), `${JSON.stringify(entry)}\n`),
    compact(compacted) {
      const draft = `${file}.new`
      const fresh = openSync(draft, 'w', 0o600)
      writeWhole(fresh, compacted.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      fsyncSync(fresh)
      closeSync(fresh)
      if (handle !== null) closeSync(handle)
      handle = null
      renameSync(draft, file)
    },
    close() {
      if (handle === null) return
      fsyncSync(handle)
      closeSync(handle)
      handle = null
    },
  }
}

/** A write may take less than it was given. */
function writeWhole(handle: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done)
}

function readEntries(file: string): Entry[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  const torn = lines.pop()
  const entries = lines.map((line, index) => {
    try {
      return JSON.parse(line, reviveDates) as Entry
    } catch {
      throw new Error(`${file}: line ${index + 1} is damaged; move the folder away to start anew`)
    }
  })
  // A torn line would be continued by the next one.
  if (torn) writeFileSync(file, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 })
  return entries
}

/** By the habit of the names: `at` and `…At` hold instants. */
function reviveDates(key: string, value: unknown): unknown {
  return /(^a|A)t$/.test(key) && typeof value === 'string' ? new Date(value) : value
}
