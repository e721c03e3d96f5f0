import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Reading, RecordedAnswer } from '../../src/probes/read.ts'

/** A fixture: an answer as it was recorded, and how it must be read. */
export type Fixture = { file: string; recorded: RecordedAnswer; reading: Partial<Reading> }

/** Every `<situation>.<ending>` below a folder of test/fixtures, with the `<situation>.expected.json` beside it. */
export function fixturesIn(folder: 'whois' | 'rdap', ending: string): Fixture[] {
  const root = join(import.meta.dirname, '../fixtures', folder)
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(ending))
    .filter((file) => !file.name.endsWith('.expected.json'))
    .map((file) => join(file.parentPath, file.name))
    .sort()
    .map((path) => {
      const beside = path.replace(ending, '.expected.json')
      const { name, server, status, headers, ...reading } = JSON.parse(readFileSync(beside, 'utf8'))
      const file = relative(root, path)
      const bodyBase64 = readFileSync(path).toString('base64')
      return {
        file,
        recorded: { id: file, source: folder, name, server, status, headers, bodyBase64 },
        reading,
      }
    })
}
