/**
 * The database, as drizzle sees it. Postgres is the truth; jobs are only alarm clocks. Every instant is a `timestamptz`
 * with milliseconds, in the time of the clock that Vigie lives by. Nothing here holds a person's data in the clear.
 */
import { sql } from 'drizzle-orm'
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
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CaptureState, MissReason } from '../domain/capture-state.ts'
import type { EventType } from '../domain/event.ts'
import type { Forecast } from '../domain/forecast.ts'
import type { DomainName, Extension } from '../domain/name.ts'
import type { Source } from '../domain/observation.ts'
import type { Phase } from '../domain/phase.ts'
import type { Registry } from '../domain/policy/policy.ts'
import type { Status } from '../domain/status.ts'
import type { Verdict } from '../domain/verdict.ts'

const instant = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** API tokens; only a hash is kept. */
export const tokens = pgTable('tokens', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  hash: text('hash').notNull().unique(),
  scopes: text('scopes').array().notNull(),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
})

/** Registrant data by nic-handle, sealed (AES-256-GCM); the country stays readable for eligibility rules. */
export const contacts = pgTable('contacts', {
  nicHandle: text('nic_handle').primaryKey(),
  sealed: text('sealed').notNull(),
  country: text('country').notNull(),
  citizenship: text('citizenship'),
  updatedAt: instant('updated_at').notNull(),
})

/** A pack ordered for one label. */
export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  /** The order system's own reference: the key of idempotency. */
  reference: text('reference').notNull().unique(),
  /** Hash of the content, so that the same reference with other content is seen. */
  fingerprint: text('fingerprint').notNull(),
  nicHandle: text('nic_handle').notNull(),
  pack: text('pack').notNull(),
  label: text('label').notNull(),
  priceCents: integer('price_cents').notNull(),
  /** `placed` until every line is classified, then `open`. */
  state: text('state').$type<'placed' | 'open'>().notNull(),
  placedAt: instant('placed_at').notNull(),
})

export type LineState =
  | 'pending'
  | 'registered'
  | 'joined'
  | 'transfer-on-request'
  | 'watched'
  | 'action-needed'

/** One extension of an order. */
export const orderLines = pgTable(
  'order_lines',
  {
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    name: text('name').$type<DomainName>().notNull(),
    extension: text('extension').$type<Extension>().notNull(),
    state: text('state').$type<LineState>().notNull(),
    reason: text('reason').notNull(),
    /** The customer said that he holds the name with another registrar. */
    heldElsewhere: boolean('held_elsewhere').notNull().default(false),
    expiresAt: instant('expires_at'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.name] }), index('order_lines_name').on(t.name)],
)

/** Names that the registrar's own customers hold with it. */
export const portfolio = pgTable(
  'portfolio',
  {
    name: text('name').$type<DomainName>().primaryKey(),
    nicHandle: text('nic_handle').notNull(),
    expiresAt: instant('expires_at'),
    orderId: uuid('order_id'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('portfolio_nic_handle').on(t.nicHandle)],
)

/** One row a watched name, however many customers watch it. */
export const names = pgTable(
  'names',
  {
    name: text('name').$type<DomainName>().primaryKey(),
    unicode: text('unicode').notNull(),
    extension: text('extension').$type<Extension>().notNull(),
    registry: text('registry').$type<Registry>().notNull(),
    state: text('state').$type<Verdict['state']>().notNull().default('unknown'),
    phase: text('phase').$type<Phase>(),
    /** When this phase was first seen. */
    phaseSince: instant('phase_since'),
    /** Which registration this is: its ROID, or its creation date where no ROID is shown. */
    registrationKey: text('registration_key'),
    statuses: text('statuses').array().$type<Status[]>().notNull().default(sql`'{}'`),
    sponsor: text('sponsor'),
    sponsorIanaId: text('sponsor_iana_id'),
    createdAt: instant('created_at'),
    updatedAt: instant('updated_at'),
    expiresAt: instant('expires_at'),
    deletedAt: instant('deleted_at'),
    releaseAt: instant('release_at'),
    /** Delegated in DNS when last glanced at; null when never answered. */
    delegated: boolean('delegated'),
    /** Why the state is believed, for people. */
    reason: text('reason').notNull().default(''),
    forecast: jsonb('forecast').$type<Forecast>(),
    openWatches: integer('open_watches').notNull().default(0),
    /**
     * The order whose create of this name may have left and is not accounted for: the intent, committed before the create.
     * Meanwhile nobody else registers or watches the name.
     */
    registering: uuid('registering'),
    registeringSince: instant('registering_since'),
    nextLookAt: instant('next_look_at'),
    nextLookBecause: text('next_look_because'),
    nextGlanceAt: instant('next_glance_at'),
    /** A sweep has handed the name out; until then no other sweep does. */
    claimedUntil: instant('claimed_until'),
    /** Last look and glance that brought an answer. */
    lastLookAt: instant('last_look_at'),
    lastGlanceAt: instant('last_glance_at'),
    /** Looks in a row without an answer. */
    silentLooks: integer('silent_looks').notNull().default(0),
    /** Increased by every write, so that a look that raced another is seen. */
    version: integer('version').notNull().default(0),
  },
  (t) => [
    index('names_due').on(t.nextLookAt).where(sql`open_watches > 0`),
    index('names_glance_due').on(t.nextGlanceAt).where(sql`open_watches > 0`),
  ],
)

/** What probes answered: kept as fields, never as raw text with people in it. */
export const observations = pgTable(
  'observations',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    name: text('name').$type<DomainName>().notNull(),
    at: instant('at').notNull(),
    source: text('source').$type<Source>().notNull(),
    host: text('host').notNull(),
    kind: text('kind').notNull(),
    tookMs: integer('took_ms').notNull(),
    /** The rest of the finding, as JSON. */
    detail: jsonb('detail').notNull(),
  },
  (t) => [index('observations_name_at').on(t.name, t.at), index('observations_at').on(t.at)],
)

export type WatchState = 'open' | 'paused' | 'won' | 'cancelled' | 'ended'

/** A customer's standing order to look at one name. */
export const watches = pgTable(
  'watches',
  {
    id: uuid('id').primaryKey(),
    name: text('name').$type<DomainName>().notNull(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    nicHandle: text('nic_handle').notNull(),
    state: text('state').$type<WatchState>().notNull(),
    openedAt: instant('opened_at').notNull(),
    endedAt: instant('ended_at'),
    reason: text('reason').notNull().default(''),
  },
  (t) => [unique('watches_order_name').on(t.orderId, t.name), index('watches_name').on(t.name)],
)

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

/** The outbox: written by the SQL function `append_event`, in the statement that makes the change. */
export const events = pgTable(
  'events',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    id: uuid('id').notNull().unique(),
    type: text('type').$type<EventType>().notNull(),
    subject: text('subject').notNull(),
    subjectSeq: integer('subject_seq').notNull(),
    /** The same fact told twice is one event. */
    dedupeKey: text('dedupe_key').notNull().unique(),
    at: instant('at').notNull(),
    data: jsonb('data').notNull(),
  },
  (t) => [unique('events_subject_seq').on(t.subject, t.subjectSeq), index('events_at').on(t.at)],
)

/** Last sequence number of each subject. */
export const eventSubjects = pgTable('event_subjects', {
  subject: text('subject').primaryKey(),
  seq: integer('seq').notNull(),
})

export const webhooks = pgTable('webhooks', {
  id: uuid('id').primaryKey(),
  url: text('url').notNull().unique(),
  /** Signing secret, sealed. */
  sealedSecret: text('sealed_secret').notNull(),
  createdAt: instant('created_at').notNull(),
  disabledAt: instant('disabled_at'),
  reason: text('reason').notNull().default(''),
})

/** One event for one webhook. Instants of delivery are those of the host's own clock: they do not leap. */
export const deliveries = pgTable(
  'deliveries',
  {
    eventSeq: bigint('event_seq', { mode: 'number' }).notNull(),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    state: text('state').$type<'due' | 'done' | 'failed'>().notNull().default('due'),
    attempts: integer('attempts').notNull().default(0),
    nextAt: instant('next_at').notNull(),
    lastStatus: text('last_status').notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.eventSeq, t.webhookId] }),
    index('deliveries_due').on(t.nextAt).where(sql`state = 'due'`),
  ],
)
