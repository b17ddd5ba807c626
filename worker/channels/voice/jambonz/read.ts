/** Webhooks of jambonz in our words: https://docs.jambonz.org/verbs, and the schemas of `@jambonz/schema`. */
import * as z from 'zod/mini'
import { type CallEvent, LegId, type Outcome } from '../../../../core/call/events.ts'
import { badInput, type Result, refuse } from '../../../../core/result.ts'
import type { Hook, Incoming } from '../carrier.ts'
import { checked, jsonOf, noLeg, party } from '../reading.ts'
import { causeOf, statusEvent } from '../status.ts'

/** Everything of which we know a meaning; the rest is ignored. */
const Payload = z.object({
  call_sid: LegId,
  parent_call_sid: z.nullish(LegId),
  direction: z.optional(z.enum(['inbound', 'outbound'])),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  caller_name: z.nullish(z.string()),
  call_status: z.optional(z.string()),
  duration: z.optional(z.number()),
  reason: z.optional(z.string()),
  digits: z.optional(z.string()),
  speech: z.optional(
    z.object({
      alternatives: z.optional(
        z.array(z.object({ transcript: z.optional(z.string()), confidence: z.optional(z.number()) })),
      ),
    }),
  ),
  dial_call_status: z.optional(z.string()),
  dial_call_sid: z.nullish(LegId),
  event: z.optional(z.string()),
  time: z.optional(z.string()),
})
type Payload = z.infer<typeof Payload>

export function readVerbs(incoming: Incoming, hook: Hook): Result<readonly CallEvent[]> {
  const parsed = Payload.safeParse(jsonOf(new TextDecoder().decode(incoming.body)))
  if (!parsed.success) return { ok: false, error: badInput(parsed.error) }
  const payload = parsed.data
  const leg = payload.call_sid
  if (hook.for === 'step' && leg !== hook.leg) return noLeg('call_sid')
  const parent = payload.parent_call_sid ?? undefined
  const about = { leg, ...(parent && { parent }) }
  const status = statusEvent(about, payload.call_status ?? '', payload.duration)
  switch (hook.for) {
    case 'call':
      return checked([began(about, payload), status, { ...about, is: 'asked', step: 0, outcome: { of: 'nothing' } }])
    case 'status':
      return checked([parent && began(about, payload), status])
    case 'room':
      return checked([inRoom(about, payload, hook.room)])
    case 'step':
      return checked([
        status,
        ...(hook.after === 'dial' ? dialled(leg, payload) : []),
        { ...about, is: 'asked', step: hook.step, outcome: outcomeOf(payload, hook.after) },
      ])
    case 'recording':
      return refuse('bad_input', 'jambonz was told to record nothing')
  }
}

type About = { leg: LegId; parent?: LegId }

const began = (about: About, { direction, from, to, caller_name: name }: Payload): CallEvent => ({
  ...about,
  is: 'began',
  direction: direction === 'outbound' ? 'out' : 'in',
  from: party(from),
  to: party(to),
  ...(name && { name: party(name) }),
})

function outcomeOf(payload: Payload, after: Extract<Hook, { for: 'step' }>['after']): Outcome {
  if (after === 'join') return { of: 'room' }
  if (after === 'dial') return dialOutcome(payload)
  if (after !== 'listen') return { of: 'nothing' }
  if (payload.digits) return { of: 'digits', digits: payload.digits }
  const [best] = payload.speech?.alternatives ?? []
  if (!best?.transcript) return { of: 'nothing' }
  const { confidence = 0 } = best
  const isKnown = confidence > 0 && confidence <= 1
  return { of: 'speech', text: best.transcript.slice(0, 5_000), ...(isKnown && { confidence }) }
}

function dialOutcome({ dial_call_sid: leg, dial_call_status: status = 'failed' }: Payload): Outcome {
  return { of: 'dial', cause: causeOf(status), ...(leg && { leg }) }
}

/** The leg that was dialled has ended too: this may be all that is ever heard of it. */
function dialled(parent: LegId, { dial_call_sid: leg, dial_call_status: status = 'failed' }: Payload): CallEvent[] {
  return leg ? [{ leg, parent, is: 'ended', cause: causeOf(status) }] : []
}

function inRoom(about: About, { event, time = '' }: Payload, room: string): CallEvent | undefined {
  if (event !== 'join' && event !== 'leave') return undefined
  const order = Date.parse(time)
  return { ...about, is: event === 'join' ? 'joined' : 'left', room, ...(!Number.isNaN(order) && { order }) }
}
