/** The outbox and where it is delivered. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { EventType } from '../../domain/event.ts'
import { instant } from './instant.ts'

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
