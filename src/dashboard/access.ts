import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Scope } from '../store/tokens.ts'
import { FailureLimit } from './failure-limit.ts'
import { isLoopbackHost, isSameOrigin } from './security.ts'
import { type Authenticate, Sessions, type Visitor } from './sessions.ts'

/** What the dashboard asks of a token. */
export type OpsScope = Extract<Scope, `ops:${string}`>

/**
 * Who may see and do what. On loopback everybody of this machine may, under a loopback name only, so that no page from
 * elsewhere reaches in by a rebound name. Elsewhere a session is needed, opened with an API token.
 */
export type Access = {
  readonly open: boolean
  /**
   * Lets through whoever has the scope; for requests that change something, `ops:act` and our own origin besides. A
   * person without a session is led to `/sign-in`, a program gets 401. Fit to guard `/queues` too.
   */
  require(scope: OpsScope): MiddlewareHandler
  visitor(c: Context): Promise<Visitor | null>
  /** @returns the sign-in's result; `limited` says after how many seconds to try again. */
  signIn(c: Context, token: string): Promise<SignIn>
  signOut(c: Context): void
}

export type SignIn =
  | { kind: 'in' }
  | { kind: 'unknown-token' }
  | { kind: 'no-scope' }
  | { kind: 'limited'; seconds: number }

const COOKIE = 'vigie_session'
const EVERYTHING: Visitor = { scopes: ['ops:read', 'ops:act'] }
const SAFE = ['GET', 'HEAD', 'OPTIONS']

/** @param ticks milliseconds of a clock that never leaps. */
export function openAccess(
  { open, authenticate }: { open: boolean; authenticate: Authenticate },
  ticks?: () => number,
): Access {
  const sessions = new Sessions(authenticate, ticks)
  const failures = new FailureLimit(ticks)
  const visitor = async (c: Context) => (open ? EVERYTHING : sessions.find(getCookie(c, COOKIE)))

  return {
    open,
    visitor,
    require: (scope) => async (c, next) => {
      if (open && !isLoopbackHost(new URL(c.req.url).hostname))
        return c.text('This address is open to its own machine only, as localhost.\n', 403)
      const who = await visitor(c)
      if (!who) return toSignIn(c)
      const isSafe = SAFE.includes(c.req.method)
      if (!isSafe && !isSameOrigin(c.req.raw))
        return c.text('This request does not come from a page of this dashboard.\n', 403)
      const needed: OpsScope = isSafe ? scope : 'ops:act'
      if (!who.scopes.includes(needed))
        return c.text(`This needs a token with the scope ${needed}.\n`, 403)
      return next()
    },
    async signIn(c, token) {
      const address = addressOf(c)
      const seconds = failures.waitSeconds(address)
      if (seconds > 0) return { kind: 'limited', seconds }
      const id = await sessions.open(token)
      if (id === null) {
        failures.failed(address)
        return { kind: 'unknown-token' }
      }
      const who = await sessions.find(id)
      if (!who?.scopes.includes('ops:read')) {
        sessions.close(id)
        return { kind: 'no-scope' }
      }
      setCookie(c, COOKIE, id, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        secure: isEncrypted(c),
      })
      return { kind: 'in' }
    },
    signOut(c) {
      const id = deleteCookie(c, COOKIE, { path: '/' })
      if (id) sessions.close(id)
    },
  }
}

/** A page leads on to the form and back; everything else is told plainly. */
function toSignIn(c: Context): Response {
  const isPage =
    c.req.method === 'GET' &&
    c.req.query('fragment') === undefined &&
    (c.req.header('accept') ?? '').includes('text/html')
  if (!isPage) return c.text('Sign in first.\n', 401)
  const { pathname, search } = new URL(c.req.url)
  return c.redirect(`/sign-in?next=${encodeURIComponent(pathname + search)}`, 303)
}

/** A local path to go to after signing in; anything else would lead people away from here. */
export const localPath = (path: string | undefined): string =>
  path !== undefined && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : '/'

const isEncrypted = (c: Context): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https'

/** The peer's address; requests that came over no socket share one. */
function addressOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    return 'unknown'
  }
}
