import { randomBytes, randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import type { Clock } from '../clock.ts'
import { type Parsed, parsed, rejected } from '../domain/problem.ts'
import type { Database } from '../store/connect.ts'
import type { Sealer } from '../store/seal.ts'
import { addWebhook, type WebhookRow } from '../store/webhooks.ts'
import { isPublic } from './public-address.ts'

export type WebhookDeps = { db: Database; clock: Clock; sealer: Sealer; allowPrivate: boolean }

/** Adds a receiver of events. @returns its signing secret in the clear, which is shown this once and kept sealed. */
export async function createWebhook(
  address: string,
  { db, clock, sealer, allowPrivate }: WebhookDeps,
): Promise<Parsed<{ webhook: WebhookRow; secret: string }>> {
  const url = parseWebhookUrl(address, allowPrivate)
  if (!url.ok) return url
  // The form of the Standard Webhooks specification: 24 to 64 random octets in base64.
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const webhook = await addWebhook(db, {
    id: randomUUID(),
    url: url.value,
    sealedSecret: sealer.seal(secret),
    createdAt: clock.now(),
  })
  if (!webhook) return rejected('url', 'url-taken', 'There is a webhook at this address already.')
  return parsed({ webhook, secret })
}

/** Reads where events may be sent. In live mode that is HTTPS on the public internet. */
export function parseWebhookUrl(text: string, allowPrivate: boolean): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol))
    return rejected(
      'url',
      'url-form',
      'Must be an https address, such as https://example.org/vigie.',
    )
  if (url.username || url.password)
    return rejected('url', 'url-credentials', 'Must hold no user name and no password.')
  if (url.hash) return rejected('url', 'url-fragment', 'Must have no fragment.')
  if (allowPrivate) return parsed(url.href)
  if (url.protocol !== 'https:') return rejected('url', 'url-https', 'Must be an https address.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (host === 'localhost' || (isIP(host) !== 0 && !isPublic(host)))
    return rejected('url', 'url-private', 'Must be an address of the public internet.')
  return parsed(url.href)
}
