import type { MissReason } from './capture-state.ts'
import type { Extension } from './name.ts'
import type { Phase } from './phase.ts'

/** What the order system and ops are told. Data never holds a secret or a person's data; instants are RFC 3339. */
export type EventData = {
  'order.placed': {
    orderId: string
    reference: string
    pack: string
    label: string
    nicHandle: string
  }
  'order.action-needed': { orderId: string; name: string; reason: string }
  'name.registered': { orderId: string; name: string; expiresAt: string | null }
  'name.joined': { orderId: string; name: string; how: 'portfolio' | 'capture' }
  'watch.opened': { watchId: string; orderId: string; name: string; extension: Extension }
  'watch.ended': { watchId: string; name: string; reason: string }
  /** The registration moved to another stage of its life. */
  'name.stage': {
    name: string
    from: Phase | null
    to: Phase
    sponsor: string | null
    reason: string
  }
  'name.restored': { name: string; sponsor: string | null; reason: string }
  'name.renewed': { name: string; expiresAt: string | null; reason: string }
  'name.dropping': { name: string; from: string; to: string; reason: string }
  'capture.armed': {
    captureId: string
    name: string
    from: string
    to: string
    shots: number
    reason: string
  }
  'capture.finalised': { captureId: string; name: string; watchId: string; nicHandle: string }
  'capture.won': {
    captureId: string
    name: string
    watchId: string
    orderId: string
    delayMs: number | null
    creates: number
  }
  'capture.lost': {
    captureId: string
    name: string
    reason: MissReason
    rival: string | null
    /** How much earlier the rival was, as the interval that the registry's published precision allows; null if unknown. */
    gapMs: { from: number; to: number } | null
    explanation: string
  }
  'capture.refused': { captureId: string; name: string; reason: string }
  'capture.undetermined': { captureId: string; name: string; reason: string }
  'capture.stood-down': { captureId: string; name: string; reason: MissReason; explanation: string }
  'source.paused': { host: string; until: string; reason: string }
  'switch.changed': { scope: string; stopped: boolean; by: string; reason: string }
}
export type EventType = keyof EventData

/** One event as it is stored and delivered. */
export type DomainEvent<T extends EventType = EventType> = {
  [K in T]: {
    id: string
    /** Order of all events. */
    seq: number
    type: K
    /** What it is about: `order:<id>`, `name:<a-label>`, `watch:<id>`, `capture:<id>`, `host:<key>`, `switch:<scope>`. */
    subject: string
    /** Counts the events of one subject from one, without gaps. */
    subjectSeq: number
    at: Date
    data: EventData[K]
  }
}[T]
