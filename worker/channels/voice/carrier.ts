/**
 * What every carrier's dialect gives: its webhooks in our words, our instructions in its words, its signature, and the few requests
 * that we make to it. All of it is pure but the signatures, and none of it asks anybody: so it is the same in tests and at work.
 */
import type { CallEvent, LegId } from '../../../core/call/events.ts'
import type { Ending, Instructions } from '../../../core/call/instructions.ts'
import type { Result } from '../../../core/result.ts'

/** A webhook as it came. Its address is the configured public one, never what a proxy says of itself. */
export interface Incoming {
  readonly url: string
  readonly headers: Headers
  readonly body: Uint8Array<ArrayBuffer>
}

/**
 * What an address of ours is for. `call` is the number's own, which an administrator gives the carrier; the others we hand out
 * with what we write. A carrier may tell about all legs of a room at the address that came with the first.
 */
export type Hook =
  | { readonly for: 'call' }
  /** Where a leg comes back under a number, after instructions that ended so; `move`: where it is sent while it lives. */
  | { readonly for: 'step'; readonly leg: LegId; readonly step: number; readonly after: Ending['do'] | 'move' }
  | { readonly for: 'status' }
  | { readonly for: 'room'; readonly room: string }
  | { readonly for: 'recording'; readonly leg: LegId }

/** The full address of a hook. */
export type Address = (hook: Hook) => string

/** Under which number the leg comes back, and how our addresses look. */
export interface Errand {
  readonly leg: LegId
  readonly next: number
  readonly address: Address
}

export interface Document {
  readonly type: string
  readonly body: string
}

/** A request to the carrier's own API, for `outbound()` to make. */
export interface CarrierRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** An account with a carrier. `host`: of SignalWire the space, of a jambonz of one's own the host of its API. */
export interface Account {
  readonly id: string
  readonly key: string
  readonly host?: string
}

/**
 * What may be done to a leg that did not ask. Both may be sent again when their answer was lost: a second move leads to the
 * same question, and who has been hung up stays so.
 */
export type Command =
  | { readonly do: 'move'; readonly leg: LegId; readonly step: number; readonly address: Address }
  | { readonly do: 'hangup'; readonly leg: LegId }

/**
 * What not every carrier can do. Without `interrupt` and `repeat` it only does less well; the others instructions may need, see
 * {@link lacks}. The table in docs/voice.md is printed from these.
 */
export const features = {
  speech: 'understands what callers say',
  record: 'records messages, rooms and calls',
  coach: "lets a coach speak to one leg's ear",
  client: 'reaches softphones that register with the carrier',
  interrupt: 'lets a key interrupt several prompts in a row (otherwise the last one only)',
  repeat: 'asks again when we do not answer, as often as our addresses say',
} as const
export type Feature = keyof typeof features
export type Caps = Readonly<Record<Feature, boolean>>

export const carrierNames = ['twilio', 'signalwire', 'telnyx', 'jambonz'] as const
export type CarrierName = (typeof carrierNames)[number]

export interface Carrier {
  readonly name: CarrierName
  /** As it calls itself. */
  readonly title: string
  readonly caps: Caps
  /**
   * Whether the carrier sent this. Several keys may be good while one is replaced by another. `now` in ms: a signature that
   * names its time is good for five minutes.
   */
  verify(incoming: Incoming, keys: readonly string[], now: number): Promise<boolean>
  /** What a webhook tells, in the order in which it tells it. What it does not know it leaves out. */
  read(incoming: Incoming, hook: Hook): Result<readonly CallEvent[]>
  /** The document that has a leg do this. Throws on what {@link lacks} says that the carrier cannot do. */
  write(instructions: Instructions, errand: Errand): Document
  command(command: Command, account: Account): CarrierRequest
  /** Asks whether a leg lives. */
  probe(leg: LegId, account: Account): CarrierRequest
  /** What the answer to a probe tells; undefined when it tells nothing, as an error of the carrier's. */
  probed(leg: LegId, status: number, body: string): CallEvent | undefined
}

/** What instructions need that a carrier cannot do; undefined when it can do all of them. */
export function lacks({ end }: Instructions, caps: Caps): Feature | undefined {
  return needs(end).find((feature) => !caps[feature])
}

function needs(end: Ending): Feature[] {
  switch (end.do) {
    case 'listen':
      return end.speech === undefined ? [] : ['speech']
    case 'join':
      return [...(end.record ? ['record' as const] : []), ...(end.part.as === 'coach' ? ['coach' as const] : [])]
    case 'dial':
      return [
        ...(end.record ? ['record' as const] : []),
        ...(end.to.some(({ is }) => is === 'client') ? ['client' as const] : []),
      ]
    case 'record':
      return ['record']
    default:
      return []
  }
}

/** For `write`: what the carrier cannot do was to be replaced before. */
export function insist(instructions: Instructions, { title, caps }: Pick<Carrier, 'title' | 'caps'>): void {
  const missing = lacks(instructions, caps)
  if (missing !== undefined) throw new TypeError(`${title} cannot do this: ${features[missing]}`)
}
