import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { Api } from './env.ts'
import { Failure, notFound } from './failure.ts'

/** Largest body that is read: 64 KiB. */
const MAX_BODY = 64 * 1024

/** Refuses a body that is too large as soon as that is known, without reading the rest of it. */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BODY,
  onError() {
    throw new Failure(413, `A body has at most ${MAX_BODY} octets.`, {
      // The rest of the body is not waited for, so the connection cannot serve another request.
      headers: { connection: 'close' },
    })
  },
})

/** Answers are for programs: nothing in them is ever run, framed, cached or read from another origin. */
export const hardenHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  xFrameOptions: 'DENY',
  referrerPolicy: 'no-referrer',
})

export const forbidCache: MiddlewareHandler = async (context, next) => {
  await next()
  context.header('Cache-Control', 'no-store')
}

/** Says of a request that no route took whether its path or its method is wrong. */
export const refuseStray =
  (api: Api) =>
  (context: Context): never => {
    const methods = new Set(
      api.routes
        .filter(({ method, path }) => method !== 'ALL' && matches(path, context.req.path))
        .map(({ method }) => method),
    )
    if (methods.size === 0) throw notFound('path')
    if (methods.has('GET')) methods.add('HEAD')
    const allow = [...methods].sort().join(', ')
    throw new Failure(405, `The path takes ${allow}.`, { headers: { allow } })
  }

const matches = (route: string, path: string): boolean => {
  const [pattern, parts] = [route.split('/'), path.split('/')]
  return (
    pattern.length === parts.length &&
    pattern.every((part, i) => (part.startsWith(':') ? parts[i] !== '' : part === parts[i]))
  )
}
