import { type SQL, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Registry } from '../../src/domain/policy/policy.ts'
import { hasOpenCreate } from '../../src/store/attempts.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { openSlowLine } from './slow-line.ts'
import { captureIn, eventually, type Story } from './story.ts'

/** What an answer takes once it matters: time enough to kill who waits for it. */
const ANSWER_MS = 2_000

/**
 * Watches a name with every role at work, and kills the catcher between the registry's doing its first create and the
 * answer, which is on a slow line.
 */
export async function killCatcherAtFirstCreate(
  story: Story,
  registry: Registry,
  name: string,
): Promise<void> {
  const { epp } = story.sandbox
  const line = await openSlowLine(epp[registry])
  await story.watch(name)
  const [catcher] = await Promise.all([
    story.start('catcher', { epp: { ...epp, [registry]: line.port } }),
    story.start('watcher'),
    story.start('scheduler'),
  ])
  await captureIn(story.db, name, ['finalised', 'firing'], 60_000)
  line.delayBy(ANSWER_MS)
  await eventually(
    async () => (await story.creates(name)).length > 0,
    `a create of ${name}`,
    60_000,
  )
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
