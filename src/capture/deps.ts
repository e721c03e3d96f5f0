import type { ClockOffset, Line, RegisterOrder } from '../channels/channel.ts'
import type { Clock } from '../clock.ts'
import type { DomainName, Extension } from '../domain/name.ts'
import type { HostLimit } from '../domain/policy/policy.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/connect.ts'
import type { Lines } from './lines.ts'

/** What a race needs from outside. */
export type RaceDeps = {
  db: Database
  lines: Lines
  clock: Clock
  log: Log
  /** Names this catcher in leases. */
  catcher: string
  /** Leave to send one command, shared with every process of the installation. */
  permit(host: string, limit: HostLimit, signal: AbortSignal): Promise<boolean>
  /** What to register for a holder, contacts included; or why it cannot be done. */
  orderFor(
    line: Line,
    name: DomainName,
    nicHandle: string,
  ): Promise<{ ok: true; order: RegisterOrder } | { ok: false; reason: string }>
  /** The sponsoring registrar's own name as the public record prints it; null where that tells nothing. */
  sponsorOf(name: DomainName, signal: AbortSignal): Promise<string | null>
  /** Contract price of one year in cents, where the registry does not tell its fee; null if unknown. */
  priceOf(extension: Extension): number | null
  priceCeilingCents: number
  /** Part of a registry's daily creates and penalty points that captures may spend, 0 to 1. */
  shareOfDay: number
  newClTRID(): string
}

/** Our clock's reading for an instant of the registry's clock. */
export const toOurs = (registryMs: number, offset: ClockOffset): Date =>
  new Date(registryMs - offset.offsetMs)
