/** Watched names, who watches them, and what was seen. */
import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Forecast } from '../../domain/forecast.ts'
import type { DomainName, Extension } from '../../domain/name.ts'
import type { Source } from '../../domain/observation.ts'
import type { Phase } from '../../domain/phase.ts'
import type { Registry } from '../../domain/policy/policy.ts'
import type { Status } from '../../domain/status.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { orders } from './customers.ts'
import { instant } from './instant.ts'

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
    // What drops next, for the overview and the list of names.
    index('names_next_drop')
      .on(sql`((forecast->'segments'->0->>'from')::numeric)`)
      .where(sql`open_watches > 0`),
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
