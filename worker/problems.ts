/** RFC 9457 problem documents: every refusal of the edge, in one form. */
import type * as z from 'zod/mini'
import type { Problem } from '../core/protocol/api.ts'
import type { ConfigChange } from '../core/protocol/config.ts'
import { explain } from '../core/protocol/explain.ts'
import type { Fault, FaultCode } from '../core/result.ts'

const kinds: Record<FaultCode, { status: number; title: string }> = {
  bad_input: { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  second_factor: { status: 401, title: 'A second factor is needed' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'In conflict with the present state' },
  stale_lease: { status: 409, title: 'The lease is over' },
  closed: { status: 409, title: 'Already closed' },
  not_ready: { status: 503, title: 'Not ready yet' },
  too_large: { status: 413, title: 'Too large' },
  slow_down: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
}

export const statusOf = (code: FaultCode): number => kinds[code].status
export const titleOf = (code: FaultCode): string => kinds[code].title

export interface FieldError {
  readonly field: string
  readonly message: string
}

interface More {
  readonly errors?: FieldError[]
  /** In seconds. */
  readonly retryAfter?: number
  /** What others changed meanwhile. */
  readonly changes?: ConfigChange[]
}

/** A refusal as a response. */
export function problem(fault: Fault, more: More = {}): Response {
  const { status, title } = kinds[fault.code]
  const errors =
    more.errors ?? (fault.field === undefined ? undefined : [{ field: fault.field, message: fault.message }])
  const body: Problem = {
    type: `urn:parley:problem:${fault.code}`,
    title,
    status,
    code: fault.code,
    detail: fault.message,
    ...(errors === undefined ? {} : { errors }),
    ...(more.changes === undefined ? {} : { changes: more.changes }),
  }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  const wait = more.retryAfter ?? (fault.retry === true && [409, 429, 503].includes(status) ? 1 : undefined)
  if (wait !== undefined) headers.set('retry-after', String(wait))
  return new Response(JSON.stringify(body), { status, headers })
}

/** The answer to one who has tried too often; `wait` in ms. */
export function tooMany(what: string, wait: number): Response {
  const minutes = Math.ceil(wait / 60_000)
  const message = `${what}: try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
  return problem({ code: 'slow_down', message, retry: true }, { retryAfter: Math.ceil(wait / 1000) })
}

/** A problem that names each field which did not fit. */
export function schemaProblem(error: z.core.$ZodError, what = 'The body'): Response {
  const errors = error.issues.slice(0, 20).map((issue) => ({ field: issue.path.join('.'), message: explain(issue) }))
  return problem({ code: 'bad_input', message: `${what} does not fit: see errors.` }, { errors })
}
