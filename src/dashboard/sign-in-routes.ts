import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Access, localPath } from './access.ts'
import type { Draw } from './draw.tsx'
import { signInPage } from './pages/sign-in.tsx'
import { guardPage, isSameOrigin } from './security.ts'

/** Longest form that anybody has reason to send. */
export const FORM_BYTES = 16 * 1024

/** `/sign-in` and `/sign-out`. Open to everybody, so they tell nothing. */
export function signInRoutes(access: Access, draw: Draw): Hono {
  const app = new Hono()
  app.get('/sign-in', guardPage, async (c) => {
    const next = localPath(c.req.query('next'))
    if (await access.visitor(c)) return c.redirect(next, 303)
    return draw.show(c, () => ({ status: 200, page: signInPage(next, null) }))
  })
  app.post('/sign-in', guardPage, bodyLimit({ maxSize: FORM_BYTES }), async (c) => {
    if (!isSameOrigin(c.req.raw)) return c.text('This form does not come from here.\n', 403)
    const form = await c.req.parseBody()
    const next = localPath(typeof form.next === 'string' ? form.next : undefined)
    const token = typeof form.token === 'string' ? form.token.trim() : ''
    const result = await access.signIn(c, token)
    if (result.kind === 'in') return c.redirect(next, 303)
    if (result.kind === 'limited') c.header('retry-after', String(result.seconds))
    const status = result.kind === 'limited' ? 429 : 400
    return draw.show(c, () => ({ status, page: signInPage(next, result) }))
  })
  app.post('/sign-out', guardPage, (c) => {
    if (!isSameOrigin(c.req.raw)) return c.text('This form does not come from here.\n', 403)
    access.signOut(c)
    return c.redirect('/sign-in', 303)
  })
  return app
}
