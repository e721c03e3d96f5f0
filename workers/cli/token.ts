import { instantWords } from '../../src/events/time-words.ts'
import {
  createToken,
  readTokens,
  revokeToken,
  SCOPES,
  type Scope,
  type Token,
} from '../../src/store/tokens.ts'
import { Failure, WrongUsage } from './failure.ts'
import { withDatabase, withInstallation } from './here.ts'
import { type Column, print, printJson, printTable, tell } from './output.ts'

export type TokenOptions = { name: string; scope?: string[]; json?: true }

const COLUMNS: readonly Column<Token>[] = [
  ['ID', ({ id }) => id],
  ['NAME', ({ name }) => name],
  ['SCOPES', ({ scopes }) => scopes.join(' ')],
  ['CREATED (UTC)', ({ createdAt }) => instantWords(createdAt)],
  ['REVOKED (UTC)', ({ revokedAt }) => (revokedAt ? instantWords(revokedAt) : '')],
]

/** Creates an API token and prints its secret, which is kept nowhere. Without scopes it has all. */
export async function runTokenCreate({ name, scope, json }: TokenOptions): Promise<void> {
  const scopes = scope ? scope.map(readScope) : SCOPES
  await withInstallation(async ({ db, clock }) => {
    const token = await createToken(db, { name, scopes: [...new Set(scopes)], now: clock.now() })
    const { secret, revokedAt: _, ...told } = token
    if (json) return printJson({ ...told, secret })
    await print(secret)
    tell(`Token “${name}” may ${token.scopes.join(', ')}. Its secret is shown this once.`)
  })
}

/** Prints all tokens, oldest first; never a secret. */
export const runTokenList = ({ json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const tokens = await readTokens(db)
    if (json) for (const token of tokens) await printJson(token)
    else if ((await printTable(tokens, COLUMNS)) === 0) tell('There are no tokens.')
  })

/** Takes a token back: from now on its secret opens nothing. */
export const runTokenRevoke = (id: string, { json }: { json?: true }): Promise<void> =>
  withInstallation(async ({ db, clock }) => {
    const at = clock.now()
    if (!(await revokeToken(db, id, at)))
      throw new Failure(`There is no token ${id}, or it was revoked before.`)
    if (json) return printJson({ id, revokedAt: at })
    await print(`Token ${id} is revoked.`)
  })

function readScope(text: string): Scope {
  const scope = SCOPES.find((known) => known === text)
  if (scope) return scope
  throw new WrongUsage(`--scope ${text}: a scope is one of ${SCOPES.join(', ')}.`)
}
