CREATE TABLE "attempts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"capture_id" uuid NOT NULL,
	"command" text NOT NULL,
	"cl_trid" text NOT NULL,
	"sv_trid" text,
	"session" text,
	"planned_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"code" integer,
	"message" text DEFAULT '' NOT NULL,
	"outcome" text,
	"offset_ms" integer,
	"offset_uncertainty_ms" integer,
	CONSTRAINT "attempts_cl_trid_unique" UNIQUE("cl_trid")
);
--> statement-breakpoint
CREATE TABLE "captures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"extension" text NOT NULL,
	"registry" text NOT NULL,
	"registration_key" text NOT NULL,
	"state" text NOT NULL,
	"accreditation" text NOT NULL,
	"window_from" timestamp (3) with time zone NOT NULL,
	"window_to" timestamp (3) with time zone NOT NULL,
	"shots" jsonb NOT NULL,
	"beneficiary_watch_id" uuid,
	"armed_at" timestamp (3) with time zone NOT NULL,
	"finalised_at" timestamp (3) with time zone,
	"fired_at" timestamp (3) with time zone,
	"decided_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"reason" text,
	"explanation" text DEFAULT '' NOT NULL,
	"rival" text,
	"gap_from_ms" integer,
	"gap_to_ms" integer,
	"new_created_at" timestamp (3) with time zone,
	"new_expires_at" timestamp (3) with time zone,
	"price_cents" integer,
	"catcher" text,
	"catcher_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"accreditation" text NOT NULL,
	"day" text NOT NULL,
	"creates" integer DEFAULT 0 NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "ledger_accreditation_day_pk" PRIMARY KEY("accreditation","day")
);
--> statement-breakpoint
CREATE TABLE "permits" (
	"host" text PRIMARY KEY NOT NULL,
	"tat" bigint DEFAULT 0 NOT NULL,
	"paused_until" timestamp (3) with time zone,
	"reason" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "switches" (
	"scope" text PRIMARY KEY NOT NULL,
	"stopped" boolean NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"nic_handle" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"country" text NOT NULL,
	"citizenship" text,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"order_id" uuid NOT NULL,
	"name" text NOT NULL,
	"extension" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"held_elsewhere" boolean DEFAULT false NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "order_lines_order_id_name_pk" PRIMARY KEY("order_id","name")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"fingerprint" text NOT NULL,
	"nic_handle" text NOT NULL,
	"pack" text NOT NULL,
	"label" text NOT NULL,
	"price_cents" integer NOT NULL,
	"state" text NOT NULL,
	"placed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "orders_reference_unique" UNIQUE("reference")
);
--> statement-breakpoint
CREATE TABLE "portfolio" (
	"name" text PRIMARY KEY NOT NULL,
	"nic_handle" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"order_id" uuid,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "tokens_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"event_seq" bigint NOT NULL,
	"webhook_id" uuid NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"last_status" text DEFAULT '' NOT NULL,
	CONSTRAINT "deliveries_event_seq_webhook_id_pk" PRIMARY KEY("event_seq","webhook_id")
);
--> statement-breakpoint
CREATE TABLE "event_subjects" (
	"subject" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"subject" text NOT NULL,
	"subject_seq" integer NOT NULL,
	"dedupe_key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "events_id_unique" UNIQUE("id"),
	CONSTRAINT "events_dedupe_key_unique" UNIQUE("dedupe_key"),
	CONSTRAINT "events_subject_seq" UNIQUE("subject","subject_seq")
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"sealed_secret" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "webhooks_url_unique" UNIQUE("url")
);
--> statement-breakpoint
CREATE TABLE "names" (
	"name" text PRIMARY KEY NOT NULL,
	"unicode" text NOT NULL,
	"extension" text NOT NULL,
	"registry" text NOT NULL,
	"state" text DEFAULT 'unknown' NOT NULL,
	"phase" text,
	"phase_since" timestamp (3) with time zone,
	"registration_key" text,
	"statuses" text[] DEFAULT '{}' NOT NULL,
	"sponsor" text,
	"sponsor_iana_id" text,
	"created_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"release_at" timestamp (3) with time zone,
	"delegated" boolean,
	"reason" text DEFAULT '' NOT NULL,
	"forecast" jsonb,
	"open_watches" integer DEFAULT 0 NOT NULL,
	"registering" uuid,
	"registering_since" timestamp (3) with time zone,
	"next_look_at" timestamp (3) with time zone,
	"next_look_because" text,
	"next_glance_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"last_look_at" timestamp (3) with time zone,
	"last_glance_at" timestamp (3) with time zone,
	"silent_looks" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "observations" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"host" text NOT NULL,
	"kind" text NOT NULL,
	"took_ms" integer NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"order_id" uuid NOT NULL,
	"nic_handle" text NOT NULL,
	"state" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "watches_order_name" UNIQUE("order_id","name")
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempts_capture" ON "attempts" USING btree ("capture_id","planned_at");--> statement-breakpoint
CREATE UNIQUE INDEX "captures_registration" ON "captures" USING btree ("name","registration_key");--> statement-breakpoint
CREATE INDEX "captures_state" ON "captures" USING btree ("state","window_from");--> statement-breakpoint
CREATE INDEX "captures_decided" ON "captures" USING btree ("decided_at");--> statement-breakpoint
CREATE INDEX "order_lines_name" ON "order_lines" USING btree ("name");--> statement-breakpoint
CREATE INDEX "portfolio_nic_handle" ON "portfolio" USING btree ("nic_handle");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("next_at") WHERE state = 'due';--> statement-breakpoint
CREATE INDEX "events_at" ON "events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "names_due" ON "names" USING btree ("next_look_at") WHERE open_watches > 0;--> statement-breakpoint
CREATE INDEX "names_next_drop" ON "names" USING btree (((forecast->'segments'->0->>'from')::numeric)) WHERE open_watches > 0;--> statement-breakpoint
CREATE INDEX "names_glance_due" ON "names" USING btree ("next_glance_at") WHERE open_watches > 0;--> statement-breakpoint
CREATE INDEX "observations_name_at" ON "observations" USING btree ("name","at");--> statement-breakpoint
CREATE INDEX "observations_at" ON "observations" USING btree ("at");--> statement-breakpoint
CREATE INDEX "watches_name" ON "watches" USING btree ("name");