import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const IMPORT = /^import (?!type\b)[^'"]*?(?:from )?'([^']+)'/gm

/** Packages that are loaded with a file, before anything is asked for. */
function loadedWith(path: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>()
  if (seen.has(path)) return packages
  seen.add(path)
  for (const [, target = ''] of readFileSync(join(ROOT, path), 'utf8').matchAll(IMPORT)) {
    const found = target.startsWith('.')
      ? loadedWith(join(dirname(path), target), seen)
      : new Set(target.startsWith('node:') ? [] : [target])
    for (const name of found) packages.add(name)
  }
  return packages
}

describe('the start of the command line', () => {
  it('loads neither the web nor the database for help or for reading', () => {
    expect([...loadedWith('workers/cli.ts')]).toEqual(['commander'])
    const reading = [...loadedWith('workers/read.ts')]
    expect(reading.filter((name) => /hono|bullmq|drizzle|postgres|ioredis/.test(name))).toEqual([])
    expect(reading).not.toEqual([])
  })
})
