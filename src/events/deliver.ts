import { Webhook } from 'standardwebhooks'
import type { DomainEvent } from '../domain/event.ts'
import type { Delivery, DeliveryResult } from '../store/webhooks.ts'
import { retryAfterMs } from './backoff.ts'
import { post } from './post.ts'
import { PrivateAddress } from './public-address.ts'

/** A receiver has this long to answer, by the wall. */
const DEADLINE_MS = 10_000

export type DeliverOptions = { allowPrivate: boolean; deadlineMs?: number; signal: AbortSignal }

/**
 * Posts one event to one webhook, signed as the Standard Webhooks specification says. A 2xx is done; 410 means that nobody
 * wants it any more; everything else, redirects included, is tried again for three days.
 * Rejects only when aborted.
 */
export async function deliver(
  { url, attempts, event }: Delivery,
  secret: string,
  { allowPrivate, deadlineMs = DEADLINE_MS, signal }: DeliverOptions,
): Promise<DeliveryResult> {
  const body = bodyOf(event)
  try {
    const options = { allowPrivate, deadlineMs, signal }
    const status = await post(new URL(url), headersOf(event.id, body, secret), body, options)
    if (status >= 200 && status < 300) return { kind: 'done', status: String(status) }
    if (status === 410) return { kind: 'failed', status: '410: the receiver wants no more events' }
    return later(attempts, String(status))
  } catch (fault) {
    signal.throwIfAborted()
    const reason = fault instanceof Error ? fault.message : String(fault)
    return fault instanceof PrivateAddress
      ? { kind: 'failed', status: reason }
      : later(attempts, reason)
  }
}

function later(attempts: number, status: string): DeliveryResult {
  const afterMs = retryAfterMs(attempts)
  if (afterMs !== null) return { kind: 'again', status, afterMs }
  return { kind: 'failed', status: `Given up after three days; the last answer was: ${status}` }
}

/** What receivers read. */
const bodyOf = ({ id, type, seq, subject, subjectSeq, at, data }: DomainEvent): string =>
  JSON.stringify({ id, type, seq, subject, subjectSeq, at, data })

function headersOf(id: string, body: string, secret: string): Record<string, string> {
  // Receivers hold the timestamp against their own wall clock, so it is not that of the clock Vigie lives by.
  const sentAt = new Date()
  return {
    'content-type': 'application/json',
    'user-agent': 'Vigie',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
  }
}
