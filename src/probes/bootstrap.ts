import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { HttpAnswer } from './http-get.ts'

/** RFC 9224 section 4: entries of labels and base URLs. */
const BootstrapFile = z.object({
  version: z.string(),
  services: z.array(z.tuple([z.array(z.string()), z.array(z.string())]).rest(z.unknown())),
})
type Entries = ReadonlyMap<string, readonly string[]>

/** Where to ask about a name: a base URL, or nobody (which says nothing about the name). */
export type Bootstrap = { baseOf(name: string): Promise<string | null> }

/** Kept where the file's headers do not say how long (RFC 9224 section 8 leaves it to HTTP caching). */
const KEEP_MS = 86_400_000
/** A file that cannot be had again is asked for again after this, and the old one serves meanwhile. */
const RETRY_MS = 300_000

/** Reads the file into labels and bases, https before http. @throws ZodError or SyntaxError when it is no bootstrap file. */
export function readBootstrap(text: string): Entries {
  const { services } = BootstrapFile.parse(JSON.parse(text))
  const entries = new Map<string, readonly string[]>()
  for (const [labels, urls] of services) {
    const bases = urls
      .filter((url) => URL.canParse(url))
      .sort((a, b) => Number(b.startsWith('https:')) - Number(a.startsWith('https:')))
    for (const label of labels) entries.set(label.toLowerCase().replace(/\.$/, ''), bases)
  }
  return entries
}

/** The longest entry that ends the name, label by label (RFC 9224 section 4). */
export function findBase(entries: Entries, name: string): string | null {
  const labels = name.toLowerCase().split('.')
  for (let from = 0; from < labels.length; from++) {
    const base = entries.get(labels.slice(from).join('.'))?.[0]
    if (base) return base
  }
  return null
}

/** How long HTTP lets an answer be kept, in milliseconds (RFC 9111: max-age before Expires, Age taken off). */
export function freshnessMs(headers: HttpAnswer['headers']): number | null {
  const control = headers['cache-control'] ?? ''
  if (/\bno-(store|cache)\b/i.test(control)) return 0
  const maxAge = /\bmax-age\s*=\s*"?(\d+)/i.exec(control)?.[1]
  if (maxAge !== undefined) return Math.max(0, Number(maxAge) - Number(headers.age ?? 0)) * 1_000
  const expires = Date.parse(headers.expires ?? '')
  const date = Date.parse(headers.date ?? '')
  return Number.isNaN(expires) || Number.isNaN(date) ? null : Math.max(0, expires - date)
}

/**
 * A bootstrap file kept as long as its HTTP headers say, asked for once however many want it, and used stale when a new
 * copy cannot be had.
 * @param get one GET of the file, given the headers to send.
 */
export function openBootstrap(
  get: (headers: Readonly<Record<string, string>>) => Promise<HttpAnswer>,
  clock: Clock,
): Bootstrap {
  let kept: { entries: Entries; etag: string | undefined } | null = null
  let freshUntil = Number.NEGATIVE_INFINITY
  let asking: Promise<Entries> | null = null

  const ask = async (): Promise<Entries> => {
    const keepFor = (ms: number) => {
      freshUntil = clock.now().getTime() + ms
    }
    try {
      const answer = await get(kept?.etag ? { 'if-none-match': kept.etag } : {})
      if (answer.status === 200) {
        kept = { entries: readBootstrap(answer.body.toString('utf8')), etag: answer.headers.etag }
      } else if (answer.status !== 304 || !kept) {
        throw new Error(`the bootstrap file was answered with HTTP ${answer.status}`)
      }
      keepFor(freshnessMs(answer.headers) ?? KEEP_MS)
    } catch (error) {
      if (!kept) throw error
      keepFor(RETRY_MS)
    }
    return kept.entries
  }

  return {
    async baseOf(name) {
      if (kept && clock.now().getTime() < freshUntil) return findBase(kept.entries, name)
      asking ??= ask().finally(() => {
        asking = null
      })
      return findBase(await asking, name)
    },
  }
}
