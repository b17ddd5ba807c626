/** Calls the HTTP API; every answer goes through its schema. */
import type * as z from 'zod/mini'
import { Problem } from '../../core/protocol/api.ts'

export type Called<T> = { readonly ok: true; readonly value: T } | Refusal
/** `status` 0: nobody could be reached. `errors` name the fields that do not fit. */
export interface Refusal {
  readonly ok: false
  readonly status: number
  readonly code: string
  readonly message: string
  readonly errors: NonNullable<Problem['errors']>
}

const WITHIN = 15_000

export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  answers: z.ZodMiniType<T> | null,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Called<T | null>> {
  try {
    const answer = await fetch(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      signal: AbortSignal.timeout(WITHIN),
    })
    if (!answer.ok) return refusal(answer.status, await answer.json().catch(() => null))
    return { ok: true, value: answers === null ? null : answers.parse(await answer.json()) }
  } catch (error) {
    return { ok: false, status: 0, code: 'unreachable', message: String(error), errors: [] }
  }
}

function refusal(status: number, body: unknown): Refusal {
  const problem = Problem.safeParse(body)
  if (!problem.success) return { ok: false, status, code: 'internal', message: String(status), errors: [] }
  const { code, title, detail, errors = [] } = problem.data
  return { ok: false, status, code, message: detail ?? title, errors }
}
