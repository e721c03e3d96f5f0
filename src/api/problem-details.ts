import { STATUS_CODES } from 'node:http'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Log } from '../log.ts'
import { Failure } from './failure.ts'

/** What the body parser and the content negotiation of the framework mean, in words of ours. */
const DETAILS: Readonly<Record<number, string>> = {
  400: 'The body is not JSON.',
  415: 'The body must be JSON, with Content-Type: application/json.',
}

/** Answers every failure as problem details (RFC 9457). What went wrong inside is logged and not told. */
export function answerFailure(fault: unknown, context: Context, log: Log): Response {
  const failure = asFailure(fault)
  if (failure) return problem(context, failure)
  log.error({ err: fault, method: context.req.method, path: context.req.path }, 'request failed')
  return problem(context, new Failure(500, 'Something went wrong here; it is logged.'))
}

function asFailure(fault: unknown): Failure | null {
  if (fault instanceof Failure) return fault
  if (!(fault instanceof HTTPException)) return null
  return new Failure(fault.status, DETAILS[fault.status] ?? fault.message)
}

/** @returns a body of type `about:blank`: the status says the kind, `errors` names each field and the rule it breaks. */
export function problem(context: Context, { status, message, errors, headers }: Failure): Response {
  const body = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    instance: context.req.path,
    errors,
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  })
}
