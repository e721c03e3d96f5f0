import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SCHEMAS = fileURLToPath(new URL('../fixtures/epp-xsd/', import.meta.url))

/** `all.xsd` is what the IETF published; `dialects.xsd` adds what we know of the registries' own extensions. */
export type Schema = 'all.xsd' | 'dialects.xsd'

function isInstalled(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/**
 * Whether to skip what needs xmllint. On a developer's machine its absence is said in one line; in CI nothing is
 * skipped, so that it fails.
 */
export function skipWithoutXmllint(): boolean {
  if (isInstalled() || process.env.CI === 'true') return false
  console.warn(
    'schema tests skipped: no xmllint on the PATH (Debian: apt-get install libxml2-utils)',
  )
  return true
}

/**
 * Validates frames in one run of xmllint.
 * @param frames by a name for the report.
 * @returns the complaints, each beginning with the name of its frame; none when all are valid.
 */
export async function schemaFaults(
  frames: Readonly<Record<string, string>>,
  schema: Schema,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-xmllint-'))
  try {
    const names = Object.keys(frames)
    const files = names.map((_, i) => join(folder, `${i}.xml`))
    await Promise.all(files.map((file, i) => writeFile(file, frames[names[i]!]!)))
    const output = await run(['--noout', '--nonet', '--schema', join(SCHEMAS, schema), ...files])
    const lines = output.split('\n').filter(Boolean)
    const valid = new Set(lines.filter((l) => l.endsWith(' validates')).map((l) => l.slice(0, -10)))
    return files.flatMap((file, i) =>
      valid.has(file)
        ? []
        : [`${names[i]}: ${lines.filter((l) => l.startsWith(file)).join(' | ') || output}`],
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** xmllint says all it has to say on standard error; its exit status tells no more. */
function run(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('xmllint', args, { maxBuffer: 16 * 1024 * 1024 }, (error, _out, err) => {
      if (error && 'code' in error && error.code === 'ENOENT') reject(error)
      else resolve(err)
    })
  })
}
