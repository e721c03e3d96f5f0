import { createRoute, z } from '@hono/zod-openapi'
import { ContactInput } from '../../orders/contact.ts'
import { putContact } from '../../orders/contacts.ts'
import type { Access } from '../access.ts'
import type { Api, ApiDeps } from '../env.ts'
import { invalid } from '../failure.ts'
import { BODY_FAILURES, body, json } from '../responses.ts'
import { Instant, instant, NicHandleInput } from '../schema.ts'

const StoredContact = z
  .object({
    nicHandle: z.string(),
    country: z.string(),
    citizenship: z.string().nullable(),
    updatedAt: Instant,
  })
  .openapi('StoredContact', { description: 'Nothing that names the person is ever given back.' })

export function addContacts(api: Api, access: Access, deps: ApiDeps): void {
  const put = createRoute({
    method: 'put',
    path: '/v1/contacts/{nicHandle}',
    summary: 'Put the registrant data of a nic-handle',
    description: 'Kept sealed, and brought to a registry when a name is registered there.',
    middleware: [access('orders')],
    request: {
      params: z.object({
        nicHandle: NicHandleInput.openapi({ param: { name: 'nicHandle', in: 'path' } }),
      }),
      body: body(ContactInput),
    },
    responses: {
      200: json('The contact was replaced.', StoredContact),
      201: json('The contact is new.', StoredContact),
      ...BODY_FAILURES,
    },
  })
  api.openapi(put, async (context) => {
    const stored = await putContact(
      context.req.valid('param').nicHandle,
      context.req.valid('json'),
      deps,
    )
    if (!stored.ok) throw invalid(stored.problems)
    const { isNew, updatedAt, ...told } = stored.value
    return context.json({ ...told, updatedAt: instant(updatedAt) }, isNew ? 201 : 200)
  })
}
