import { type SQL, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Registry } from '../../src/domain/policy/policy.ts'
import { hasOpenCreate } from '../../src/store/attempts.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { openHeldLine } from './held-line.ts'
import { captureIn, eventually, type Story } from './story.ts'

/**
 * Watches a name with every role at work, and kills the catcher between its first create, which the registry carries out,
 * and the answer.
 */
export async function killCatcherAtFirstCreate(
  story: Story,
  registry: Registry,
  name: string,
): Promise<void> {
  const hasCreate = async () => (await story.creates(name)).length > 0
  const { epp } = story.sandbox
  const port = await openHeldLine(epp[registry], hasCreate)
  await story.watch(name)
  const [catcher] = await Promise.all([
    story.start('catcher', { epp: { ...epp, [registry]: port } }),
    story.start('watcher'),
    story.start('scheduler'),
  ])
  await captureIn(story.db, name, ['finalised'])
  await story.letGo()
  await eventually(hasCreate, `a create of ${name}`)
  catcher.kill('SIGKILL')
  await catcher.ended
  const capture = await captureIn(story.db, name, ['firing'], 0)
  expect(await hasOpenCreate(story.db, capture.id)).toBe(true)
}

/** How often each event was told. */
export async function tallyEvents({ db }: Story): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { type } of await readEvents(db, { limit: 1_000 }))
    counts[type] = (counts[type] ?? 0) + 1
  return counts
}

/** @param rows what stands behind `from`. */
export async function countRows({ db }: Story, rows: SQL): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`select count(*)::int as n from ${rows}`)
  return row!.n
}
