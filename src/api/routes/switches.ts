import { createRoute, z } from '@hono/zod-openapi'
import { parseSwitchScope } from '../../domain/switch-scope.ts'
import { line, readBy } from '../../orders/text.ts'
import { readSwitches, type Switch, setSwitch } from '../../store/switches.ts'
import type { Access } from '../access.ts'
import type { Api, ApiDeps } from '../env.ts'
import { BODY_FAILURES, body, FAILURES, json } from '../responses.ts'
import { Instant, instant } from '../schema.ts'

const SwitchView = z
  .object({
    scope: z.string(),
    stopped: z.boolean(),
    by: z.string(),
    reason: z.string(),
    at: Instant,
  })
  .openapi('Switch')

export function addSwitches(api: Api, access: Access, { db, clock }: ApiDeps): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/switches',
    summary: 'Every stop switch that was ever set',
    middleware: [access('support', 'ops:read')],
    responses: {
      200: json('All switches.', z.object({ items: z.array(SwitchView) })),
      ...FAILURES,
    },
  })
  api.openapi(list, async (context) =>
    context.json({ items: (await readSwitches(db)).map(viewSwitch) }, 200),
  )

  const put = createRoute({
    method: 'put',
    path: '/v1/switches/{scope}',
    summary: 'Stop creates, or let them go again',
    description:
      'A scope is `all`, or a kind and a key: `registry:verisign`, `extension:com`, `accreditation:…`, `channel:epp`, `name:my-brand.com`. Every create reads the switches before it leaves.',
    middleware: [access('ops:act')],
    request: {
      params: z.object({
        scope: z
          .string()
          .max(300)
          .transform(readBy(parseSwitchScope))
          .openapi({ param: { name: 'scope', in: 'path' }, example: 'registry:verisign' }),
      }),
      body: body(z.strictObject({ stopped: z.boolean(), reason: line(500) })),
    },
    responses: { 200: json('The switch now.', SwitchView), ...BODY_FAILURES },
  })
  api.openapi(put, async (context) => {
    const { stopped, reason } = context.req.valid('json')
    const { scope } = context.req.valid('param')
    const set: Switch = {
      scope,
      stopped,
      reason,
      by: `token ${context.get('token').name}`,
      at: clock.now(),
    }
    await setSwitch(db, set)
    return context.json(viewSwitch(set), 200)
  })
}

const viewSwitch = ({ at, ...set }: Switch) => ({ ...set, at: instant(at) })
