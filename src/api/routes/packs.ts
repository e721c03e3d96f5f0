import { createRoute, z } from '@hono/zod-openapi'
import { PACKS } from '../../domain/pack.ts'
import type { Access } from '../access.ts'
import type { Api } from '../env.ts'
import { FAILURES, json } from '../responses.ts'
import { ExtensionName, euros, Money } from '../schema.ts'

const Pack = z
  .object({
    code: z.string(),
    title: z.string(),
    extensions: z.array(ExtensionName),
    pricePerYear: Money,
  })
  .openapi('Pack')

export function addPacks(api: Api, access: Access): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/packs',
    summary: 'The catalogue',
    middleware: [access('orders', 'support', 'ops:read')],
    responses: { 200: json('All packs.', z.object({ items: z.array(Pack) })), ...FAILURES },
  })
  const items = PACKS.map(({ code, title, extensions, priceCents }) => ({
    code,
    title,
    extensions: [...extensions],
    pricePerYear: euros(priceCents),
  }))
  api.openapi(list, (context) => context.json({ items }, 200))
}
