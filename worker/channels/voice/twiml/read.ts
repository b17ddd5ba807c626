/** Webhooks of the TwiML family in our words: https://www.twilio.com/docs/voice/twiml, …/api/call-resource#statuscallback. */
import type { CallEvent, CallEventOf, LegId, Outcome } from '../../../../core/call/events.ts'
import type { Result } from '../../../../core/result.ts'
import type { Hook, Incoming } from '../carrier.ts'
import { checked, legOf, noLeg, party, secondsOf } from '../reading.ts'
import { causeOf, statusEvent } from '../status.ts'

type Params = (name: string) => string | undefined

export function readTwiml(incoming: Incoming, hook: Hook): Result<readonly CallEvent[]> {
  const form = new URLSearchParams(new TextDecoder().decode(incoming.body))
  const params: Params = (name) => form.get(name) ?? undefined
  if (hook.for === 'recording') return checked([recorded(params, hook.leg)])
  const leg = legOf(params('CallSid'))
  if (leg === undefined || (hook.for === 'step' && leg !== hook.leg)) return noLeg('CallSid')
  const parent = legOf(params('ParentCallSid'))
  const about = { leg, ...(parent && { parent }) }
  const status = statusEvent(about, params('CallStatus') ?? '', secondsOf(params('CallDuration')))
  switch (hook.for) {
    case 'call':
      return checked([began(about, params), status, { ...about, is: 'asked', step: 0, outcome: { of: 'nothing' } }])
    case 'status':
      // A leg that we had the carrier dial is heard of here first.
      return checked([parent && began(about, params), status])
    case 'room':
      return checked([inRoom(about, params, hook.room)])
    case 'step':
      return checked([
        status,
        ...(hook.after === 'dial' ? dialled(leg, params) : []),
        { ...about, is: 'asked', step: hook.step, outcome: outcomeOf(params, hook.after) },
      ])
  }
}

type About = { leg: LegId; parent?: LegId }

function began(about: About, params: Params): CallEvent {
  const name = party(params('CallerName'))
  const forwardedFrom = party(params('ForwardedFrom'))
  return {
    ...about,
    is: 'began',
    // Telnyx names no direction: what has a parent was dialled.
    direction: (params('Direction') ?? (about.parent ? 'out' : 'in')).startsWith('out') ? 'out' : 'in',
    from: party(params('From')),
    to: party(params('To')),
    ...(name && { name }),
    ...(forwardedFrom && { forwardedFrom }),
  }
}

function outcomeOf(params: Params, after: Extract<Hook, { for: 'step' }>['after']): Outcome {
  switch (after) {
    case 'listen':
      return input(params)
    case 'join':
      return { of: 'room' }
    case 'dial':
      return dialOutcome(params)
    case 'record': {
      const url = params('RecordingUrl')
      const seconds = secondsOf(params('RecordingDuration'))
      return url === undefined ? { of: 'nothing' } : { of: 'recording', url, ...(seconds !== undefined && { seconds }) }
    }
    default:
      return { of: 'nothing' }
  }
}

function input(params: Params): Outcome {
  const digits = params('Digits')
  if (digits) return { of: 'digits', digits }
  const text = params('SpeechResult')
  if (!text) return { of: 'nothing' }
  const confidence = Number(params('Confidence'))
  const isKnown = confidence > 0 && confidence <= 1
  return { of: 'speech', text: text.slice(0, 5_000), ...(isKnown && { confidence }) }
}

function dialOutcome(params: Params): Outcome {
  const leg = legOf(params('DialCallSid'))
  const seconds = secondsOf(params('DialCallDuration'))
  const cause = causeOf(params('DialCallStatus') ?? 'failed')
  return { of: 'dial', cause, ...(leg && { leg }), ...(seconds !== undefined && { seconds }) }
}

/** The leg that was dialled has ended too: this may be all that is ever heard of it. */
function dialled(parent: LegId, params: Params): CallEvent[] {
  const outcome = dialOutcome(params)
  if (outcome.of !== 'dial' || outcome.leg === undefined) return []
  const { leg, cause, seconds } = outcome
  return [{ leg, parent, is: 'ended', cause, ...(seconds !== undefined && { seconds }) }]
}

const roomEvents = new Map<string | undefined, 'joined' | 'left'>([
  ['participant-join', 'joined'],
  ['participant-leave', 'left'],
])

function inRoom(about: About, params: Params, room: string): CallEvent | undefined {
  const is = roomEvents.get(params('StatusCallbackEvent'))
  if (is === undefined) return undefined
  const order = orderOf(params)
  return { ...about, is, room, ...(order !== undefined && { order }) }
}

/**
 * A room's events are numbered from its opening, and dated to the second: a room of the same name may open again. Together
 * they order all of them.
 */
function orderOf(params: Params): number | undefined {
  const number = secondsOf(params('SequenceNumber'))
  const time = Date.parse(params('Timestamp') ?? '')
  if (Number.isNaN(time)) return number
  return time + Math.min(number ?? 0, 999)
}

const recordingStates = new Map<string | undefined, CallEventOf<'recorded'>['state']>([
  ['in-progress', 'started'],
  ['absent', 'none'],
  ['completed', 'done'],
])

function recorded(params: Params, leg: LegId): CallEvent | undefined {
  const state = recordingStates.get(params('RecordingStatus'))
  if (state === undefined) return undefined
  const seconds = secondsOf(params('RecordingDuration'))
  const channels = secondsOf(params('RecordingChannels'))
  const url = params('RecordingUrl')
  return {
    leg,
    is: 'recorded',
    recording: params('RecordingSid') ?? '',
    state,
    ...(state === 'done' && url && { url }),
    ...(seconds !== undefined && { seconds }),
    ...(channels !== undefined && { channels }),
  }
}
