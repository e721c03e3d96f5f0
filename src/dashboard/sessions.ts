import { randomBytes } from 'node:crypto'

/** Somebody at the dashboard; the name is that of the token. */
export type Visitor = { scopes: readonly string[]; name?: string }

/** What a token may do; null is no token of ours, or one revoked. */
export type Authenticate = (token: string) => Promise<Visitor | null>

type Session = { token: string; visitor: Visitor; openedAt: number; checkedAt: number }

/** How long a session lasts, and how soon a revoked token shuts it. */
const LIFETIME_MS = 12 * 3_600_000
const RECHECK_MS = 30_000
/** More sessions than a registrar's staff can have; the oldest gives way. */
const MOST = 1_000

/**
 * Sessions of people who signed in. The cookie is a random word and says nothing; the token stays in this process's
 * memory and is asked for again every half minute, so a restart or a revoked token ends the session.
 */
export class Sessions {
  readonly #open = new Map<string, Session>()
  readonly #authenticate: Authenticate
  readonly #ticks: () => number

  /** @param ticks milliseconds of a clock that never leaps: people's sessions live in their own time. */
  constructor(authenticate: Authenticate, ticks: () => number = () => performance.now()) {
    this.#authenticate = authenticate
    this.#ticks = ticks
  }

  /** @returns the word for the cookie, or null when the token is not one of ours. */
  async open(token: string): Promise<string | null> {
    const visitor = await this.#authenticate(token)
    if (!visitor) return null
    const now = this.#ticks()
    const id = randomBytes(32).toString('base64url')
    this.#open.set(id, { token, visitor, openedAt: now, checkedAt: now })
    const oldest = this.#open.keys().next().value
    if (this.#open.size > MOST && oldest) this.#open.delete(oldest)
    return id
  }

  async find(id: string | undefined): Promise<Visitor | null> {
    const session = id === undefined ? undefined : this.#open.get(id)
    if (!id || !session) return null
    const now = this.#ticks()
    if (now - session.openedAt > LIFETIME_MS) return this.close(id)
    if (now - session.checkedAt > RECHECK_MS) {
      const visitor = await this.#authenticate(session.token)
      if (!visitor) return this.close(id)
      session.visitor = visitor
      session.checkedAt = now
    }
    return session.visitor
  }

  close(id: string): null {
    this.#open.delete(id)
    return null
  }
}
