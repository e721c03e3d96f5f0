import { labelProblem } from '../src/domain/label.ts'
import { type Label, nameIn, unicodeOf } from '../src/domain/name.ts'
import { findPack } from '../src/domain/pack.ts'
import { policyFor } from '../src/domain/policy/policies.ts'
import type { Problem } from '../src/domain/problem.ts'

/** The pack that the demonstration orders. */
export const DEMO_PACK = findPack('international-france')!
/** The customer it orders for, a made-up one. */
const NIC_HANDLE = 'md42-vigie'
const CONTACT = {
  name: 'Marie Durand',
  organisation: 'Maison Durand',
  street: ['12 rue des Vignes'],
  city: 'Lyon',
  postalCode: '69002',
  country: 'FR',
  voice: '+33.478000000',
  email: 'marie@maison-durand.example',
  language: 'fr',
}

/** The reference of the demonstration's order for a label: asked again, it is the same order. */
export const demoReference = (label: Label): string => `demo-${label}`

/** Why the order for a label is impossible: no registry of the pack takes it. Null when one does. */
export function demoLabelProblem(label: Label): Problem | null {
  const problems = DEMO_PACK.extensions.map((extension) =>
    labelProblem(label, policyFor(extension)),
  )
  return problems.includes(null) ? null : (problems[0] ?? null)
}

/**
 * Places the order as the order system would, over HTTP: the customer's contact, the name that the customer already
 * holds here, and the pack. @throws with the API's own words when it refuses.
 */
export async function placeDemoOrder(url: string, token: string, label: Label): Promise<void> {
  await put(`${url}/v1/contacts/${NIC_HANDLE}`, token, CONTACT)
  await put(`${url}/v1/portfolio/${nameIn(label, 'org')}`, token, { nicHandle: NIC_HANDLE })
  await send('POST', `${url}/v1/orders`, token, {
    reference: demoReference(label),
    nicHandle: NIC_HANDLE,
    pack: DEMO_PACK.code,
    label: unicodeOf(label),
  })
}

const put = (url: string, token: string, body: unknown) => send('PUT', url, token, body)

async function send(method: string, url: string, token: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok)
    throw new Error(
      `${method} ${new URL(url).pathname} was answered ${answer.status}: ${await answer.text()}`,
    )
}
