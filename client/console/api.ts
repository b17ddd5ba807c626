/** Calls the HTTP API; every answer goes through its schema. */
import type * as z from 'zod/mini'
import { Problem } from '../../core/protocol/api.ts'

export type Called<T> =
  | { readonly ok: true; readonly value: T }
  /** `status` 0: nobody could be reached. */
  | { readonly ok: false; readonly status: number; readonly code: string; readonly message: string }

const WITHIN = 15_000

export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  answers: z.ZodMiniType<T> | null,
  body?: unknown,
): Promise<Called<T | null>> {
  try {
    const answer = await fetch(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(WITHIN),
    })
    if (!answer.ok) return refusal(answer.status, await answer.json().catch(() => null))
    return { ok: true, value: answers === null ? null : answers.parse(await answer.json()) }
  } catch (error) {
    return { ok: false, status: 0, code: 'unreachable', message: String(error) }
  }
}

function refusal(status: number, body: unknown) {
  const problem = Problem.safeParse(body)
  const { code, title, detail } = problem.success ? problem.data : { code: 'internal', title: String(status) }
  return { ok: false, status, code, message: detail ?? title } as const
}
