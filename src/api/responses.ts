import { z } from '@hono/zod-openapi'

const ProblemDetails = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ field: z.string(), rule: z.string(), message: z.string() })),
  })
  .openapi('Problem', { description: 'Problem details of RFC 9457.' })

const failure = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemDetails } },
})

/** A successful answer of a route, as OpenAPI says it. */
export const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A JSON body that a route needs. */
export const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** Failures that every route of the API may answer. */
export const FAILURES = {
  401: failure('No token, or an unknown one.'),
  403: failure('The token lacks the scope.'),
  422: failure('The request breaks rules; `errors` names each field.'),
}
/** Failures of a route with a body. */
export const BODY_FAILURES = {
  ...FAILURES,
  400: failure('The body is not JSON.'),
  413: failure('The body is larger than 64 KiB.'),
  415: failure('The body is not said to be JSON.'),
}
export const NOT_FOUND = { 404: failure('There is no such thing.') }
export const CONFLICT = { 409: failure('It stands against what is there already.') }
