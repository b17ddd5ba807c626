/** The forms that answers to commands have here. */
import type * as z from 'zod/mini'
import type { Answer } from '../engine/model.ts'
import type { StaffFrom } from '../protocol/conversation.ts'
import { badInput, type Fault, ok, type Result, refuse } from '../result.ts'
import { senderKey } from './entries.ts'
import type { ConversationState } from './state.ts'

/** A refusal, or an answer that may be computed again: nothing to remember. */
export const fresh = (result: Result<unknown>): Answer => ({ result, remember: false })
export const done = (value: unknown = {}): Answer => ({ result: ok(value), remember: true })
export const no = (...args: Parameters<typeof refuse>): Answer => fresh(refuse(...args))

/** The answer to a command that made its entry before. */
export function once(state: ConversationState, from: StaffFrom, id: string, stream: 'public' | 'staff'): Answer | null {
  const entry = state.log.find(senderKey(from), id)
  if (entry === undefined) return null
  return fresh(ok({ seq: stream === 'public' ? entry.pub : entry.seq }))
}

/** Fields are named as the client wrote them: without the frame's `body`. */
export function inBody(error: z.core.$ZodError): Fault {
  const fault = badInput(error)
  return fault.field === undefined ? fault : { ...fault, field: fault.field.replace(/^body\./, '') }
}
