/** The one shape of an answer that may be a refusal: expected failures are values, a throw means a bug or a broken platform. */

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
