/** The one shape of an answer that may be a refusal: expected failures are values, a throw means a bug or a broken platform. */
import type * as z from 'zod/mini'

/** Why a command was refused. `field` names the offending input, `retry` says that the same command may succeed later. */
export interface Fault {
  readonly code: FaultCode
  readonly message: string
  readonly field?: string
  readonly retry?: boolean
}

export type FaultCode =
  | 'bad_input'
  | 'unauthenticated'
  | 'second_factor'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'stale_lease'
  | 'closed'
  | 'not_ready'
  | 'too_large'
  | 'slow_down'
  | 'internal'

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Fault }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const refuse = (code: FaultCode, message: string, more: { field?: string; retry?: boolean } = {}) =>
  ({ ok: false, error: { code, message, ...more } }) as const

/** The answer to a throw: nothing of the error's text reaches who asked. */
export const bug = refuse('internal', 'this went wrong on our side', { retry: true })

/** The first thing a schema has against an input, with the path of the field. */
export function badInput(error: z.core.$ZodError): Fault {
  const issue = error.issues[0]
  const field = issue?.path.map(String).join('.')
  const more = field === undefined || field === '' ? {} : { field }
  return refuse('bad_input', issue?.message ?? 'not understood', more).error
}

/** Fields of a command as the client wrote them: without the frame's `body`. */
export const inBody = (fault: Fault): Fault =>
  fault.field === undefined ? fault : { ...fault, field: fault.field.replace(/^body\./, '') }
