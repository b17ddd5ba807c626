/** What the readers of webhooks share: the last word on what a dialect made of one. */
import * as z from 'zod/mini'
import { CallEvent, LegId } from '../../../core/call/events.ts'
import { badInput, type Result, refuse } from '../../../core/result.ts'

const CallEvents = z.array(CallEvent)

/** The events, if they are what we call so; otherwise what is wrong with the webhook, by the path of the event's field. */
export function checked(events: readonly (CallEvent | undefined)[]): Result<readonly CallEvent[]> {
  const parsed = CallEvents.safeParse(events.filter((event) => event !== undefined))
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, error: badInput(parsed.error) }
}

/** A carrier's id of a leg; undefined for what cannot be one. */
export const legOf = (text: string | undefined): LegId | undefined => LegId.safeParse(text).data

/** The webhook has no id of a leg where it should, or comes to the address of another. */
export const noLeg = (field: string) => refuse('bad_input', 'is not the leg to which this address was given', { field })

/** Who calls or is called. No caller is lost because of a long name. */
export const party = (text: string | null | undefined): string => (text ?? '').slice(0, 300)

/** A whole or broken number of seconds; undefined for what is none. */
export function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : undefined
}

/** What a text of JSON says; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
