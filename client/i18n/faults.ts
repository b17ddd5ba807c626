/** What a refusal means to the person whose words it concerns. */
import type { FaultCode } from '../../core/result.ts'
import { chatCatalogue } from './chat.ts'

/** Beside the server's own, `unsure`: the conversation was over before it answered. */
type Code = FaultCode | 'unsure'
export type FaultWords = Record<Code, string>

const en: FaultWords = {
  bad_input: 'It does not fit what is expected here.',
  unauthenticated: 'You are signed out.',
  second_factor: 'A second factor is needed.',
  forbidden: 'You may not do this.',
  not_found: 'It is no longer there.',
  conflict: 'Somebody was faster.',
  stale_lease: 'This conversation is no longer yours.',
  closed: 'The conversation is closed.',
  not_ready: 'It is not possible right now.',
  too_large: 'It is too long or too large.',
  slow_down: 'Too much at once. Wait a moment.',
  internal: 'Something broke on our side.',
  unsure: 'The conversation ended before it answered: it may have arrived.',
}

const texts = chatCatalogue(en, ({ faults }) => faults)

export function faultText(fault: { code: string; message: string }): string {
  const known = Object.entries(texts.value).find(([code]) => code === fault.code)
  return known?.[1] ?? fault.message
}
