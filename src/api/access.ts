import type { MiddlewareHandler } from 'hono'
import type { Database } from '../store/connect.ts'
import { findToken, type Scope } from '../store/tokens.ts'
import type { ApiEnv } from './env.ts'
import { Failure } from './failure.ts'

/** Who may call a route: a bearer token (RFC 6750) with any one of these scopes. */
export type Access = (...scopes: [Scope, ...Scope[]]) => MiddlewareHandler<ApiEnv>

export const openAccess =
  (db: Database): Access =>
  (...scopes) =>
  async (context, next) => {
    const secret = /^Bearer +(\S+) *$/i.exec(context.req.header('authorization') ?? '')?.[1]
    if (!secret) throw unauthorized('A bearer token is needed.', 'Bearer realm="vigie"')
    const token = await findToken(db, secret)
    if (!token)
      throw unauthorized(
        'The token is unknown or revoked.',
        'Bearer realm="vigie", error="invalid_token"',
      )
    if (!scopes.some((scope) => token.scopes.includes(scope)))
      throw new Failure(403, `The token needs the scope ${scopes.join(' or ')}.`, {
        headers: {
          'www-authenticate': `Bearer realm="vigie", error="insufficient_scope", scope="${scopes[0]}"`,
        },
      })
    context.set('token', token)
    await next()
  }

const unauthorized = (detail: string, challenge: string): Failure =>
  new Failure(401, detail, { headers: { 'www-authenticate': challenge } })
