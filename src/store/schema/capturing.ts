/** Captures, every command of theirs, and what bounds them. */
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CaptureState, MissReason } from '../../domain/capture-state.ts'
import type { DomainName, Extension } from '../../domain/name.ts'
import type { Registry } from '../../domain/policy/policy.ts'
import { instant } from './instant.ts'

/** The standing order to register one name at the drop that ends one registration. */
export const captures = pgTable(
  'captures',
  {
    id: uuid('id').primaryKey(),
    name: text('name').$type<DomainName>().notNull(),
    extension: text('extension').$type<Extension>().notNull(),
    registry: text('registry').$type<Registry>().notNull(),
    registrationKey: text('registration_key').notNull(),
    state: text('state').$type<CaptureState>().notNull(),
    /** Key of the ledger and of the stop switch, such as `vigie@verisign`. */
    accreditation: text('accreditation').notNull(),
    windowFrom: instant('window_from').notNull(),
    windowTo: instant('window_to').notNull(),
    /** Planned instants of the volley, epoch milliseconds of the registry's clock. */
    shots: jsonb('shots').$type<number[]>().notNull(),
    beneficiaryWatchId: uuid('beneficiary_watch_id'),
    armedAt: instant('armed_at').notNull(),
    finalisedAt: instant('finalised_at'),
    firedAt: instant('fired_at'),
    /** When the outcome was known. */
    decidedAt: instant('decided_at'),
    settledAt: instant('settled_at'),
    reason: text('reason').$type<MissReason>(),
    /** The outcome told to people. */
    explanation: text('explanation').notNull().default(''),
    rival: text('rival'),
    gapFromMs: integer('gap_from_ms'),
    gapToMs: integer('gap_to_ms'),
    /** Registration that the race made, ours or the rival's. */
    newCreatedAt: instant('new_created_at'),
    newExpiresAt: instant('new_expires_at'),
    priceCents: integer('price_cents'),
    /** The catcher that races it, and until when it may. */
    catcher: text('catcher'),
    catcherUntil: instant('catcher_until'),
  },
  (t) => [
    uniqueIndex('captures_registration').on(t.name, t.registrationKey),
    index('captures_state').on(t.state, t.windowFrom),
    index('captures_decided').on(t.decidedAt),
  ],
)

/** Every command of a capture, written down before it is sent. */
export const attempts = pgTable(
  'attempts',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    captureId: uuid('capture_id')
      .notNull()
      .references(() => captures.id),
    command: text('command').$type<'create' | 'check' | 'info'>().notNull(),
    clTRID: text('cl_trid').notNull().unique(),
    svTRID: text('sv_trid'),
    session: text('session'),
    plannedAt: instant('planned_at').notNull(),
    sentAt: instant('sent_at'),
    answeredAt: instant('answered_at'),
    code: integer('code'),
    message: text('message').notNull().default(''),
    outcome: text('outcome'),
    /** Registry clock minus ours when it was sent. */
    offsetMs: integer('offset_ms'),
    offsetUncertaintyMs: integer('offset_uncertainty_ms'),
  },
  (t) => [index('attempts_capture').on(t.captureId, t.plannedAt)],
)

/** GCRA state of a host: the theoretical arrival time, and a pause for everybody. */
export const permits = pgTable('permits', {
  host: text('host').primaryKey(),
  /** Theoretical arrival time, epoch microseconds of the database server's own clock. */
  tat: bigint('tat', { mode: 'number' }).notNull().default(0),
  pausedUntil: instant('paused_until'),
  reason: text('reason').notNull().default(''),
})

/** Creates and penalty points spent by an accreditation in a registry's day. */
export const ledger = pgTable(
  'ledger',
  {
    accreditation: text('accreditation').notNull(),
    day: text('day').notNull(),
    creates: integer('creates').notNull().default(0),
    points: integer('points').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.accreditation, t.day] })],
)

/** Stop switches: `all`, `registry:…`, `extension:…`, `accreditation:…`, `channel:…`, `name:…`. */
export const switches = pgTable('switches', {
  scope: text('scope').primaryKey(),
  stopped: boolean('stopped').notNull(),
  by: text('by').notNull(),
  reason: text('reason').notNull(),
  at: instant('at').notNull(),
})
