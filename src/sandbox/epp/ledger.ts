import type { EppManners } from '../manners.ts'

/** What one account did on one day. */
type Page = { day: string; creates: number; points: number }

/** What the books of penalties say of an account. */
export type Reckoning = { points: number; perDay: number; blockedUntil: Date | null }

/**
 * Creates sent and penalty points charged, by account, for one day (UTC) of the registry's clock. Kept while the server
 * runs. `manners` is read anew each time, since its rules may change under way.
 */
export class Ledger {
  readonly #manners: EppManners
  readonly #now: () => Date
  readonly #pages = new Map<string, Page>()

  constructor(manners: EppManners, now: () => Date) {
    this.#manners = manners
    this.#now = now
  }

  /**
   * Takes one create of the account, whatever becomes of it.
   * @returns why it is not let through, or null.
   */
  takeCreate(account: string): string | null {
    const { createsPerDay } = this.#manners
    if (this.reckon(account)?.blockedUntil)
      return 'Blocked for penalty points until midnight UTC: no registrations are taken.'
    const page = this.#page(account)
    if (createsPerDay !== null && page.creates >= createsPerDay)
      return `At most ${createsPerDay} creates a day; the next one is taken after midnight UTC.`
    page.creates += 1
    return null
  }

  /** Charges a create answered "exists", or any other error. */
  charge(account: string, fault: 'exists' | 'error'): void {
    const { penalty } = this.#manners
    if (penalty) this.#page(account).points += penalty[fault]
  }

  /** The account's points today; null where the registry counts none. */
  reckon(account: string): Reckoning | null {
    const { penalty } = this.#manners
    if (!penalty) return null
    const { points, day } = this.#page(account)
    const midnight = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
    const blocked = points >= penalty.perDay
    return { points, perDay: penalty.perDay, blockedUntil: blocked ? midnight : null }
  }

  #page(account: string): Page {
    const day = this.#now().toISOString().slice(0, 10)
    const known = this.#pages.get(account)
    if (known?.day === day) return known
    const page = { day, creates: 0, points: 0 }
    this.#pages.set(account, page)
    return page
  }
}
