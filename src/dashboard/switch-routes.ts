import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from '../clock.ts'
import type { Problem } from '../domain/problem.ts'
import { parseSwitchScope } from '../domain/switch-scope.ts'
import type { Database } from '../store/connect.ts'
import { readSwitches, setSwitch } from '../store/switches.ts'
import type { Access } from './access.ts'
import type { Draw } from './draw.tsx'
import { switchesPage } from './pages/switches.tsx'
import { guardPage } from './security.ts'
import { FORM_BYTES } from './sign-in-routes.ts'

/** Longest reason that is kept. */
const REASON_LENGTH = 200

/** `/switches`: what is stopped, and the buttons to stop it or let it go. */
export function switchRoutes(deps: {
  db: Database
  clock: Clock
  access: Access
  draw: Draw
}): Hono {
  const { db, clock, access, draw } = deps
  const app = new Hono()

  const show = async (
    c: Context,
    problems: readonly Problem[],
    typed: { scope: string; reason: string },
  ) => {
    const visitor = await access.visitor(c)
    const mayAct = visitor?.scopes.includes('ops:act') ?? false
    return draw.show(c, async (now) => ({
      status: problems.length > 0 ? 400 : 200,
      page: switchesPage({ switches: await readSwitches(db), mayAct, problems, typed }, now),
    }))
  }

  app.get('/switches', guardPage, access.require('ops:read'), (c) =>
    show(c, [], { scope: '', reason: '' }),
  )
  app.post(
    '/switches',
    guardPage,
    access.require('ops:act'),
    bodyLimit({ maxSize: FORM_BYTES }),
    async (c) => {
      const form = await c.req.parseBody()
      const field = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '')
      const typed = { scope: field('scope'), reason: field('reason') }
      const scope = parseSwitchScope(typed.scope)
      const problems = [
        ...(scope.ok ? [] : scope.problems),
        ...reasonProblems(typed.reason),
        ...actionProblems(field('action')),
      ]
      if (!scope.ok || problems.length > 0) return show(c, problems, typed)
      const visitor = await access.visitor(c)
      await setSwitch(db, {
        scope: scope.value,
        stopped: field('action') === 'stop',
        by: visitor?.name ?? 'dashboard',
        reason: typed.reason,
        at: clock.now(),
      })
      return c.redirect('/switches', 303)
    },
  )
  return app
}

function reasonProblems(reason: string): Problem[] {
  if (reason === '')
    return [
      { field: 'reason', rule: 'reason-empty', message: 'Say why, for those who read it later.' },
    ]
  if (reason.length <= REASON_LENGTH) return []
  const message = `A reason has at most ${REASON_LENGTH} characters.`
  return [{ field: 'reason', rule: 'reason-too-long', message }]
}

const actionProblems = (action: string): Problem[] =>
  action === 'stop' || action === 'go'
    ? []
    : [{ field: 'action', rule: 'unknown-value', message: 'action is stop or go.' }]
