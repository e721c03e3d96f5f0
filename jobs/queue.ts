/**
 * What jobs are made of, and the only door to BullMQ. A job is an alarm clock: it may be lost, late or run twice, since
 * the truth is in the database and the sweep rings again.
 */
import { type Job, type Queue, UnrecoverableError, type Worker } from 'bullmq'
import type { z } from 'zod'
import type { Log } from '../src/log.ts'
import { type Backend, openPostgresBackend, openRedisBackend, within } from './backends.ts'

/** A contract between whoever asks for work and whoever does it. */
export type JobKind<P> = {
  /** Name of its queue. */
  kind: string
  payload: z.ZodType<P>
  /** While a job of this id waits or runs, another is not queued. No `:`, not digits alone. */
  id(payload: P): string
  options: { attempts: number; backoff?: { type: 'exponential'; delay: number } }
}

export type Queues = {
  /**
   * Asks for work.
   * @param when `delayMs`: not before; `priority`: 1 is first, and none at all goes before that.
   * @throws BadPayload; or, within five seconds, whatever keeps the backend from answering.
   */
  enqueue<P>(
    job: JobKind<P>,
    payload: P,
    when?: { delayMs?: number; priority?: number },
  ): Promise<void>
  /**
   * Does the work of one kind. What the handler throws is logged, and the job tried again as its kind says.
   * @param handler is told by the signal to come to an end when the process does.
   */
  work<P>(
    job: JobKind<P>,
    handler: (payload: P, signal: AbortSignal) => Promise<void>,
    options: { concurrency: number },
  ): void
  /** The queues of every kind that was asked for, worked on or shown so far. */
  queues(): Queue[]
  /** Opens queues only to look at them. */
  show(kinds: readonly string[]): void
  /** Tells the handlers to end, waits for them, then closes; at the deadline it gives up waiting. */
  close(deadlineMs: number): Promise<void>
}

/** A payload that is not what its kind of job says. */
export class BadPayload extends Error {
  override readonly name = 'BadPayload'
}

const ENQUEUE_DEADLINE_MS = 5_000

/**
 * Opens the queues of this process.
 * @param options.prefix keeps several installations on one Redis apart; in PostgreSQL the database does.
 * @throws QueuesUnreachable
 */
export async function openQueues(
  where: { redisUrl: string } | { databaseUrl: string },
  log: Log,
  { prefix = 'vigie' }: { prefix?: string } = {},
): Promise<Queues> {
  const backend: Backend =
    'redisUrl' in where
      ? await openRedisBackend(where.redisUrl, prefix, log)
      : await openPostgresBackend(where.databaseUrl, log)
  const queues = new Map<string, Queue>()
  const workers: Worker[] = []
  const closing = new AbortController()

  const queueOf = (kind: string): Queue => {
    const known = queues.get(kind)
    if (known) return known
    const queue = backend.queue(kind)
    queue.on('error', (err) => log.warn({ err, queue: kind }, 'queue fault'))
    queues.set(kind, queue)
    return queue
  }

  /** PostgreSQL's pool never ends while a worker still listens: hence this order. */
  const closeAll = async (deadlineMs: number) => {
    const endMs = performance.now() + deadlineMs
    const left = () => endMs - performance.now()
    closing.abort(new Error('The process is stopping.'))
    await within(left(), Promise.all(workers.map((worker) => worker.close())))
    await within(left(), Promise.all([...queues.values()].map((queue) => queue.close())))
    await backend.close(left())
  }
  let closed: Promise<void> | undefined

  return {
    async enqueue(job, payload, { delayMs, priority } = {}) {
      const data = read(job, payload)
      const jobId = job.id(data)
      if (/:|^\d*$/.test(jobId)) throw new BadPayload(`BullMQ takes no job id such as "${jobId}".`)
      const added = queueOf(job.kind).add(job.kind, data, {
        ...job.options,
        jobId,
        // A job that is kept would keep another of its id from being queued; faults are in the log.
        removeOnComplete: true,
        removeOnFail: true,
        ...(delayMs !== undefined && { delay: Math.max(0, Math.round(delayMs)) }),
        ...(priority !== undefined && { priority }),
      })
      await orTooLate(
        added,
        `The queue ${job.kind} did not answer within ${ENQUEUE_DEADLINE_MS} ms.`,
      )
    },

    work(job, handler, options) {
      queueOf(job.kind)
      // BullMQ gives a signal only to functions that declare three parameters.
      const run = async ({ data }: Job, _token?: string, signal?: AbortSignal) => {
        const payload = orUnrecoverable(() => read(job, data))
        const signals = signal ? [signal, closing.signal] : [closing.signal]
        await handler(payload, AbortSignal.any(signals))
      }
      const worker = backend.worker(job.kind, run, options)
      worker.on('error', (err) => log.warn({ err, queue: job.kind }, 'worker fault'))
      worker.on('failed', (failed, err) => {
        if (closing.signal.aborted) return
        const { id: jobId, attemptsMade, data: payload } = failed ?? {}
        log.error({ err, queue: job.kind, jobId, attemptsMade, payload }, 'job failed')
      })
      workers.push(worker)
    },

    queues: () => [...queues.values()],
    show: (kinds) => kinds.forEach(queueOf),

    close(deadlineMs) {
      closed ??= closeAll(deadlineMs)
      return closed
    },
  }
}

/** @throws BadPayload naming each field and rule. */
function read<P>(job: JobKind<P>, payload: unknown): P {
  const parsed = job.payload.safeParse(payload)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'payload'}: ${message}`,
  )
  throw new BadPayload(`Not a payload of ${job.kind}. ${faults.join('; ')}.`)
}

/** A payload that is bad once is bad for ever: no second attempt. */
function orUnrecoverable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new UnrecoverableError((error as Error).message)
  }
}

async function orTooLate<T>(done: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), ENQUEUE_DEADLINE_MS)
  })
  try {
    return await Promise.race([done, deadline])
  } finally {
    clearTimeout(timer)
  }
}
