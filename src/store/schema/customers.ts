/** What customers ordered and hold. No person’s data stands here in the clear. */
import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { DomainName, Extension } from '../../domain/name.ts'
import { instant } from './instant.ts'

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
