import { readFileSync } from 'node:fs'
import { World } from './world.ts'
import { defaultWorld } from './worlds/default.ts'

/** What is wrong with a world file, field by field. */
export class WorldError extends Error {
  override name = 'WorldError'
}

/**
 * The default world with the fields of `changes` in place of its own.
 * @throws WorldError naming each wrong field and its rule.
 */
export function readWorld(changes: unknown = {}): World {
  const read = World.safeParse(merge(defaultWorld, changes))
  if (read.success) return read.data
  const problems = read.error.issues.map((issue) => {
    const field = issue.path.join('.') || 'the world'
    return `${field}: ${issue.message}`
  })
  throw new WorldError(problems.join('\n'))
}

/** @throws WorldError naming the file too. */
export function readWorldFile(file: string): World {
  try {
    return readWorld(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new WorldError(`World file ${file}: ${reason}`)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects are merged field by field, everything else is replaced; a release rule of another kind is replaced whole. */
function merge(base: unknown, changes: unknown): unknown {
  if (!isObject(base) || !isObject(changes)) return changes
  if ('kind' in changes && changes.kind !== base.kind) return changes
  const merged = { ...base }
  for (const [key, value] of Object.entries(changes)) merged[key] = merge(base[key], value)
  return merged
}
