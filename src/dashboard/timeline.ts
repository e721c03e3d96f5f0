import type { DomainEvent } from '../domain/event.ts'
import type { Source } from '../domain/observation.ts'
import type { Phase } from '../domain/phase.ts'
import { PHASE_WORDS } from '../events/words.ts'
import type { ObservationRow } from '../store/name-page.ts'

/** One line of a name's story: something that happened, or looks of one source that all saw the same. */
export type TimelineEntry =
  | { kind: 'event'; at: Date; event: DomainEvent }
  | {
      kind: 'looks'
      at: Date
      firstAt: Date
      count: number
      source: Source
      host: string
      saw: string
    }

/**
 * Events and observations in one line, newest first. Looks of one source that saw the same are one entry until an event
 * comes between them: an unchanged answer is no news, but it was asked for.
 */
export function timelineOf(
  events: readonly DomainEvent[],
  observations: readonly ObservationRow[],
): TimelineEntry[] {
  const mixed = [
    ...events.map((event) => ({ at: event.at, order: event.seq, event })),
    ...observations.map((seen) => ({ at: seen.at, order: seen.id, seen })),
  ].sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      Number('event' in a) - Number('event' in b) ||
      a.order - b.order,
  )

  const entries: TimelineEntry[] = []
  const running = new Map<string, TimelineEntry & { kind: 'looks' }>()
  for (const item of mixed) {
    if ('event' in item) {
      running.clear()
      entries.push({ kind: 'event', at: item.at, event: item.event })
      continue
    }
    const { source, host, at } = item.seen
    const saw = sawWords(item.seen)
    const run = running.get(source)
    if (run?.saw === saw && run.host === host) {
      run.at = at
      run.count++
      continue
    }
    const entry = { kind: 'looks' as const, at, firstAt: at, count: 1, source, host, saw }
    running.set(source, entry)
    entries.push(entry)
  }
  return entries.reverse().sort((a, b) => b.at.getTime() - a.at.getTime())
}

/** What an observation says, without what changes at every look. */
export function sawWords({ kind, detail }: Pick<ObservationRow, 'kind' | 'detail'>): string {
  const more = (detail ?? {}) as {
    registration?: Partial<Registered>
    reason?: string
    as?: string
  }
  switch (kind) {
    case 'registered':
      return registeredWords(more.registration ?? {})
    case 'available':
      return 'available'
    case 'absent':
      return 'no such name here'
    case 'delegated':
      return 'delegated: somebody holds it'
    case 'undelegated':
      return 'not delegated: says nothing by itself'
    case 'dropzone':
      return 'in the Dropzone'
    case 'reserved':
      return `reserved (${more.as ?? 'reserved'})${more.reason ? `: ${more.reason}` : ''}`
    case 'throttled':
      return `asked us to slow down${more.reason ? `: ${more.reason}` : ''}`
    case 'undetermined':
      return `no answer that counts${more.reason ? `: ${more.reason}` : ''}`
    default:
      return `${kind}${more.reason ? `: ${more.reason}` : ''}`
  }
}

type Registered = {
  stage: Phase | null
  statuses: string[]
  expiresAt: string | null
  releaseAt: string | null
}

function registeredWords({ stage, statuses, expiresAt, releaseAt }: Partial<Registered>): string {
  const parts = [
    stage ? PHASE_WORDS[stage] : null,
    statuses && statuses.length > 0 ? statuses.join(', ') : null,
    expiresAt ? `expires ${expiresAt.slice(0, 10)}` : null,
    releaseAt ? `released from ${releaseAt.slice(0, 16).replace('T', ' ')} UTC` : null,
  ].filter(Boolean)
  return parts.length > 0 ? `registered: ${parts.join('; ')}` : 'registered'
}
