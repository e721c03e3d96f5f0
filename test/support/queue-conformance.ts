import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { BadPayload, type JobKind, openQueues, type Queues } from '../../jobs/queue.ts'
import { openLog } from '../../src/log.ts'
import type { TestLine } from './line.ts'

/** A backend under test, reached over a line that can be cut. */
export type TestBackend = {
  where: { redisUrl: string } | { databaseUrl: string }
  line: TestLine
  /** The worst that happens to a backend that stays up: everything forgotten, or every connection ended. */
  upset(): Promise<void>
}

const Payload = z.object({ n: z.number().int() })
type Payload = z.infer<typeof Payload>

/** A kind of job of its own for each test. */
function newKind(options: JobKind<Payload>['options'] = { attempts: 1 }): JobKind<Payload> {
  const kind = `kind-${randomUUID()}`
  return { kind, payload: Payload, id: ({ n }) => `job-${n}`, options }
}

/** What comes is waited for in order. */
function newInbox<T>() {
  const came: T[] = []
  const waiting: ((value: T) => void)[] = []
  return {
    put(value: T) {
      const next = waiting.shift()
      if (next) next(value)
      else came.push(value)
    },
    next: (): Promise<T> =>
      new Promise((resolve) => {
        if (came.length > 0) resolve(came.shift()!)
        else waiting.push(resolve)
      }),
    isEmpty: () => came.length === 0,
  }
}

/** What every backend of the queues does. @param backend is opened before the tests run. */
export function queueConformance(backend: () => TestBackend): void {
  const open = async (lines: string[] = []): Promise<Queues> => {
    const log = openLog('warn', { write: (line) => void lines.push(line) })
    const queues = await openQueues(backend().where, log)
    onTestFinished(() => queues.close(2_000))
    return queues
  }

  test('work asked for is done with its payload', async () => {
    const queues = await open()
    const kind = newKind()
    const done = newInbox<Payload>()
    queues.work(kind, async (payload) => done.put(payload), { concurrency: 1 })
    await queues.enqueue(kind, { n: 42 })
    expect(await done.next()).toEqual({ n: 42 })
  })

  test('work asked for in one process is done once, in one of the others', async () => {
    const asker = await open()
    const kind = newKind()
    const done = newInbox<number>()
    for (const doer of [await open(), await open()])
      doer.work(kind, async ({ n }) => done.put(n), { concurrency: 2 })
    const asked = Array.from({ length: 20 }, (_, n) => n)
    await Promise.all(asked.map((n) => asker.enqueue(kind, { n })))
    const came = await Promise.all(asked.map(() => done.next()))
    expect(came.sort((a, b) => a - b)).toEqual(asked)
    expect(done.isEmpty()).toBe(true)
  })

  test('an id that waits is not queued twice, and may come again once it is done', async () => {
    const queues = await open()
    const kind = newKind()
    const done = newInbox<number>()
    for (const n of [1, 1, 1, 2]) await queues.enqueue(kind, { n })
    queues.work(kind, async ({ n }) => done.put(n), { concurrency: 1 })
    expect([await done.next(), await done.next()]).toEqual([1, 2])
    await gone(queues, kind, 'job-1')
    await queues.enqueue(kind, { n: 1 })
    expect(await done.next()).toBe(1)
    expect(done.isEmpty()).toBe(true)
  })

  test('delayed work is not done before its time, and hinders no other', async () => {
    const queues = await open()
    const kind = newKind()
    const done = newInbox<{ n: number; ms: number }>()
    queues.work(kind, async ({ n }) => done.put({ n, ms: performance.now() }), { concurrency: 1 })
    const startMs = performance.now()
    await queues.enqueue(kind, { n: 1 }, { delayMs: 400 })
    await queues.enqueue(kind, { n: 2 })
    expect((await done.next()).n).toBe(2)
    const delayed = await done.next()
    expect(delayed.n).toBe(1)
    // The backend counts in whole milliseconds of its own clock.
    expect(delayed.ms - startMs).toBeGreaterThanOrEqual(398)
  })

  test('work of higher priority goes first', async () => {
    const queues = await open()
    const kind = newKind()
    const done = newInbox<number>()
    for (const n of [3, 1, 2]) await queues.enqueue(kind, { n }, { priority: n })
    queues.work(kind, async ({ n }) => done.put(n), { concurrency: 1 })
    expect([await done.next(), await done.next(), await done.next()]).toEqual([1, 2, 3])
  })

  test('work that fails is tried again, each time after a longer pause', async () => {
    const queues = await open()
    const kind = newKind({ attempts: 3, backoff: { type: 'exponential', delay: 100 } })
    const tries = newInbox<number>()
    let count = 0
    const work = async () => {
      tries.put(performance.now())
      if (++count < 3) throw new Error('not yet')
    }
    queues.work(kind, work, { concurrency: 1 })
    await queues.enqueue(kind, { n: 1 })
    const [first, second, third] = [await tries.next(), await tries.next(), await tries.next()]
    expect(second - first).toBeGreaterThanOrEqual(98)
    expect(third - second).toBeGreaterThanOrEqual(198)
  })

  test('work that fails for good is logged, and its id may come again', async () => {
    const lines: string[] = []
    const queues = await open(lines)
    const kind = newKind({ attempts: 2 })
    const tries = newInbox<number>()
    const work = async ({ n }: Payload) => {
      tries.put(n)
      throw new Error('never')
    }
    queues.work(kind, work, { concurrency: 1 })
    await queues.enqueue(kind, { n: 1 })
    await tries.next()
    await tries.next()
    await gone(queues, kind, 'job-1')
    await queues.enqueue(kind, { n: 1 })
    await tries.next()
    const failed = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'job failed')
    expect(failed[0]).toMatchObject({ queue: kind.kind, jobId: 'job-1', err: { message: 'never' } })
  })

  test('a bad payload is refused where it is asked for, naming the field', async () => {
    const queues = await open()
    const kind = newKind()
    const bad = queues.enqueue(kind, { n: 1.5 })
    await expect(bad).rejects.toThrow(BadPayload)
    await expect(bad).rejects.toThrow(/Not a payload of kind-.* n: /)
  })

  test('a bad payload that comes from elsewhere is refused once, and never worked on', async () => {
    const lines: string[] = []
    const queues = await open(lines)
    const kind = newKind({ attempts: 5 })
    const loose: JobKind<unknown> = { ...kind, payload: z.unknown(), id: () => 'job-bad' }
    const done = newInbox<Payload>()
    queues.work(kind, async (payload) => done.put(payload), { concurrency: 1 })
    await queues.enqueue(loose, { n: 'seven' })
    await queues.enqueue(kind, { n: 7 })
    expect(await done.next()).toEqual({ n: 7 })
    await gone(queues, kind, 'job-bad')
    const failed = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'job failed')
    expect(failed).toHaveLength(1)
    expect(failed[0].err.message).toContain('n: ')
  })

  test.each(['a:b', '12345', ''])('the job id %j is refused', async (id) => {
    const queues = await open()
    const kind = { ...newKind(), id: () => id }
    await expect(queues.enqueue(kind, { n: 1 })).rejects.toThrow(BadPayload)
  })

  test('after the backend was upset, the same workers do new work', async () => {
    const queues = await open()
    const kind = newKind()
    const done = newInbox<number>()
    queues.work(kind, async ({ n }) => done.put(n), { concurrency: 2 })
    await queues.enqueue(kind, { n: 0 })
    await done.next()
    for (let round = 1; round <= 3; round++) {
      await backend().upset()
      await enqueueAtLast(queues, kind, round)
      let n = await done.next()
      while (n !== round) n = await done.next()
    }
  })

  test('while the backend is away, asking is refused within seconds; once it is back, work goes on', async () => {
    const queues = await open()
    const kind = newKind()
    const done = newInbox<number>()
    queues.work(kind, async ({ n }) => done.put(n), { concurrency: 1 })
    await queues.enqueue(kind, { n: 0 })
    await done.next()
    await backend().line.cut()
    const startMs = performance.now()
    try {
      await expect(queues.enqueue(kind, { n: 1 })).rejects.toThrow()
      expect(performance.now() - startMs).toBeLessThan(6_000)
    } finally {
      await backend().line.mend()
    }
    await enqueueAtLast(queues, kind, 2)
    expect(await done.next()).toBe(2)
  })

  test('closing tells the work to end and waits for it', async () => {
    const queues = await open()
    const kind = newKind()
    const begun = newInbox<number>()
    let ended = false
    const work = async ({ n }: Payload, signal: AbortSignal) => {
      begun.put(n)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      ended = true
    }
    queues.work(kind, work, { concurrency: 1 })
    await queues.enqueue(kind, { n: 1 })
    await begun.next()
    await queues.close(5_000)
    expect(ended).toBe(true)
  })

  test('closing gives up on work that does not end', async () => {
    const queues = await open()
    const kind = newKind()
    const begun = newInbox<number>()
    const work = async ({ n }: Payload) => {
      begun.put(n)
      await new Promise(() => {})
    }
    queues.work(kind, work, { concurrency: 1 })
    await queues.enqueue(kind, { n: 1 })
    await begun.next()
    const startMs = performance.now()
    await queues.close(300)
    expect(performance.now() - startMs).toBeLessThan(1_500)
  })

  test('closing keeps its deadline while the backend is away', async () => {
    const queues = await open()
    const kind = newKind()
    const done = newInbox<number>()
    queues.work(kind, async ({ n }) => done.put(n), { concurrency: 1 })
    await queues.enqueue(kind, { n: 1 })
    await done.next()
    await backend().line.cut()
    try {
      const startMs = performance.now()
      await queues.close(1_000)
      expect(performance.now() - startMs).toBeLessThan(2_500)
    } finally {
      await backend().line.mend()
    }
  })

  test('every queue that was used is shown', async () => {
    const queues = await open()
    const [asked, worked, shown] = [newKind(), newKind(), newKind()]
    await queues.enqueue(asked, { n: 1 })
    queues.work(worked, async () => {}, { concurrency: 1 })
    queues.show([shown.kind])
    const names = queues.queues().map((queue) => queue.name)
    expect(names).toEqual([asked.kind, worked.kind, shown.kind])
  })
}

/** Asks until the backend has recovered. */
async function enqueueAtLast(queues: Queues, kind: JobKind<Payload>, n: number): Promise<void> {
  for (;;) {
    try {
      return await queues.enqueue(kind, { n })
    } catch {
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

/** Waits until the backend has cleared a finished job away. */
async function gone(queues: Queues, { kind }: JobKind<Payload>, id: string): Promise<void> {
  const queue = queues.queues().find((one) => one.name === kind)!
  while (await queue.getJob(id)) await new Promise((resolve) => setImmediate(resolve))
}
