import type { Books, SandboxRegistrar } from '../registry.ts'

/**
 * The accounts of one registry: their passwords and how many sessions each holds. A password that a client changes holds at
 * this registry only, as in life, and until the server ends: at the next start the world's accounts are as printed again.
 */
export class Accounts {
  readonly #books: Books
  readonly #passwords = new Map<string, string>()
  readonly #sessions = new Map<string, number>()

  constructor(books: Books) {
    this.#books = books
  }

  /** The registrar, or null when there is none with that id and password. */
  find(id: string, password: string): SandboxRegistrar | null {
    const changed = this.#passwords.get(id)
    if (changed === undefined) return this.#books.login(id, password)
    return changed === password ? this.#books.registrar(id) : null
  }

  changePassword(id: string, password: string): void {
    this.#passwords.set(id, password)
  }

  /** Takes one of the account's sessions. @returns false when it has `most` already. */
  open(id: string, most: number): boolean {
    const held = this.#sessions.get(id) ?? 0
    if (held >= most) return false
    this.#sessions.set(id, held + 1)
    return true
  }

  close(id: string): void {
    this.#sessions.set(id, Math.max(0, (this.#sessions.get(id) ?? 0) - 1))
  }
}
