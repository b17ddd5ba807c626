/**
 * What the record should come to, seen from outside: where each conversation stays and what each agent is, by comparing what
 * is stored before and after each commit. Nothing here reads entries or asks a fold.
 */
import type { Talk } from '../../../core/conversation/state.ts'
import { blank } from '../../../core/conversation/state.ts'
import type { Message } from '../../../core/protocol/messages.ts'
import { rungIn, sought } from '../invariants/judge.ts'
import type { Seen } from '../world/observe.ts'
import type { AgentFacts, ConversationFacts } from './facts.ts'

export interface Stay {
  readonly kind: string
  readonly queue: string | null
  readonly agent: string | null
  readonly lease: number | null
  readonly beganAt: number
  readonly endedAt: number | null
  readonly outcome: string | null
}

export interface Time {
  readonly presence: string
  readonly reason: string | null
  readonly notResponding: boolean
  readonly connected: boolean
  readonly occupied: boolean
  readonly beganAt: number
  readonly endedAt: number | null
}

type Where = Pick<Stay, 'kind' | 'queue' | 'agent' | 'lease'>

export class Stays {
  /** Stays by conversation, wrap-ups among them; times by agent. */
  readonly stays = new Map<string, Stay[]>()
  readonly times = new Map<string, Time[]>()
  readonly #talks = new Map<string, Talk>()
  readonly #led = new Set<string>()
  readonly #open = new Map<string, Map<string, Stay>>()
  /** The queue through which a lease was given, by conversation and lease. */
  readonly #via = new Map<string, string>()
  readonly #wraps = new Map<string, Stay>()

  conversation({ id, talk, home, leading }: ConversationFacts, seen: Seen | null): void {
    const before = this.#talks.get(id) ?? blank
    this.#talks.set(id, talk)
    if (leading === null) this.#led.delete(id)
    else this.#led.add(id)
    if (seen?.what === 'message' && seen.message.type === 'claim' && talk.lease > before.lease)
      this.#via.set(`${id} ${talk.lease}`, seen.message.via)
    const open = keep(this.#open, id, () => new Map<string, Stay>())
    const where = new Map(this.#where(id, talk).map((place) => [keyOf(place), place]))
    const now = home.now()
    for (const [key, stay] of open) {
      if (where.has(key)) continue
      open.delete(key)
      this.#ended(id, stay, now, this.#howEnded(id, stay, before, talk, seen))
    }
    for (const [key, place] of where) {
      if (!open.has(key)) open.set(key, { ...place, beganAt: now, endedAt: null, outcome: null })
    }
  }

  agent({ id, self, items, home }: AgentFacts, seen: Seen | null): void {
    if (self === undefined) return
    const now = home.now()
    const held = items.values()
    const occupied = held.some(({ state }) => state === 'owned' || state === 'wrap')
    const { presence, reason, notResponding, link } = self
    this.#duty(id, { presence, reason, notResponding, connected: link, occupied }, now)
    const wrapping = new Map(
      held.filter(({ state }) => state === 'wrap').map((item) => [`${item.conversation} ${item.lease}`, item]),
    )
    for (const [key, stay] of this.#wraps) {
      if (stay.agent !== id || wrapping.has(key)) continue
      this.#wraps.delete(key)
      this.#ended(key.split(' ')[0] ?? '', stay, now, howWrapped(seen))
    }
    for (const [key, { lease, via, since }] of wrapping) {
      if (this.#wraps.has(key)) continue
      const place = { kind: 'wrap-up', queue: via, agent: id, lease }
      this.#wraps.set(key, { ...place, beganAt: since, endedAt: null, outcome: null })
    }
  }

  /** All stays of a conversation, those that last too. */
  of(id: string): Stay[] {
    const wraps = [...this.#wraps].filter(([key]) => key.startsWith(`${id} `)).map(([, stay]) => stay)
    return [...(this.stays.get(id) ?? []), ...(this.#open.get(id)?.values() ?? []), ...wraps]
  }

  conversations(): string[] {
    return [...new Set([...this.#open.keys(), ...this.stays.keys()])]
  }

  #where(id: string, talk: Talk): Where[] {
    if (talk.begun === null || talk.openedAt === null || talk.closed !== null) return []
    const places: Where[] = []
    const { seek, owner, consult, hold } = talk
    // Where a colleague is asked in private no contact waits.
    if (seek?.consult !== true)
      for (const queue of sought(talk).keys()) places.push({ kind: 'queue', queue, agent: null, lease: null })
    const via = (lease: number) => this.#via.get(`${id} ${lease}`) ?? null
    for (const { agent, lease } of rungIn(talk)) places.push({ kind: 'ring', queue: via(lease), agent, lease })
    const mine = (kind: string, { agent, lease }: { agent: string; lease: number }) =>
      places.push({ kind, queue: via(lease), agent, lease })
    if (owner !== null) mine('talk', owner)
    if (owner !== null && hold !== null) mine('hold', owner)
    if (consult !== null) mine('consult', consult)
    if (this.#led.has(id)) places.push({ kind: 'bot', queue: null, agent: null, lease: null })
    if (talk.snooze !== null) places.push({ kind: 'snooze', queue: null, agent: talk.snooze.agent, lease: null })
    // Rung by hand it stays in its fallback; what rings when its owner is lost never was there.
    const isInFallback = talk.fallback !== null || this.#open.get(id)?.has(keyOf(fallback)) === true
    if (owner === null && seek === null && isInFallback) places.push(fallback)
    return places
  }

  #howEnded(id: string, { kind, queue, lease }: Stay, before: Talk, after: Talk, seen: Seen | null): string {
    const taken = after.owner !== null && after.owner.lease !== before.owner?.lease ? after.owner : null
    const message = seen?.what === 'message' ? seen.message : null
    if (kind === 'ring') {
      if (taken?.lease === lease || after.consult?.lease === lease) return 'accepted'
      const ring = rungIn(before).find((each) => each.lease === lease) ?? null
      if (message?.type === 'declined' && isOf(message.by, ring)) return message.why
      const isFaster = message?.type === 'accepted' || message?.type === 'claim'
      if (isFaster && (taken !== null || after.consult?.lease !== before.consult?.lease)) return 'taken'
      const isSilent = seen?.what === 'restored' || (seen?.what === 'due' && seen.name === 'guard')
      return isSilent ? 'guard' : 'withdrawn'
    }
    if (kind === 'queue') {
      if (taken !== null)
        return this.#via.get(`${id} ${taken.lease}`) === queue ? `answered ${taken.agent}` : 'elsewhere'
      const isPulledBack = seen?.what === 'command' && seen.command.name === 'pull-back'
      if (isPulledBack && before.owner !== null) return 'withdrawn'
      if (after.closed === null) return after.fallback === null ? 'moved' : 'fallback'
      if (before.owner !== null) return 'withdrawn'
      return after.closed.by === 'customer' ? 'abandoned' : `closed-by-${after.closed.by}`
    }
    if (after.closed !== null) return `closed-by-${after.closed.by}`
    if (kind === 'bot') return howLed(seen)
    if (kind === 'consult') return howConsulted(before, after, seen)
    if (kind === 'hold' && after.owner?.lease === lease) return 'resumed'
    if (kind === 'snooze') return howWoken(seen)
    if (after.snooze !== null && before.snooze === null) return 'laid-aside'
    if (kind === 'fallback') return taken === null ? 'resumed' : `answered ${taken.agent}`
    if (taken !== null) return 'handed-over'
    if (message?.type === 'lost' || seen?.what === 'restored') return 'lost'
    return message?.type === 'declined' ? 'given-back' : 'transferred'
  }

  #ended(conversation: string, stay: Stay, at: number, how: string): void {
    const [outcome = '', agent = stay.agent] = how.split(' ')
    const endedAt = Math.max(at, stay.beganAt)
    keep(this.stays, conversation, (): Stay[] => []).push({ ...stay, agent, endedAt, outcome })
  }

  #duty(agent: string, duty: Omit<Time, 'beganAt' | 'endedAt'>, at: number): void {
    const times = keep(this.times, agent, (): Time[] => [])
    const last = times.at(-1)
    const { beganAt, endedAt, ...before } = last ?? { ...newcomer, beganAt: 0, endedAt: null }
    if (JSON.stringify(before) === JSON.stringify(duty)) return
    const from = Math.max(at, beganAt)
    if (last !== undefined) times[times.length - 1] = { ...before, beganAt, endedAt: endedAt ?? from }
    times.push({ ...duty, beganAt: from, endedAt: null })
  }
}

const fallback: Where = { kind: 'fallback', queue: null, agent: null, lease: null }
const newcomer = { presence: 'offline', reason: null, notResponding: false, connected: false, occupied: false }

/** Whether a refusal means what this agent was given. */
function isOf(by: Extract<Message, { type: 'declined' }>['by'], lease: Talk['offer']): boolean {
  return 'lease' in by ? by.lease === lease?.lease : by.res === lease?.res
}

/** The workload's customers ask for a person in these words only. */
function howLed(seen: Seen | null): string {
  // Who it is passed on to may be rung at once, or nobody be there to ask: what became of it says nothing of how it ended.
  if (seen?.what !== 'command') return 'passed-on'
  if (seen.command.name === 'assign') return 'elsewhere'
  return /\bagent\b/.test(String(Object(seen.command.body).text)) ? 'asked-for-person' : 'passed-on'
}

function howConsulted({ consult }: Talk, { owner }: Talk, seen: Seen | null): string {
  if (consult === null) return ''
  if (seen?.what === 'restored') return 'lost'
  if (seen?.what === 'message' && seen.message.type === 'lost' && seen.message.lease === consult.lease) return 'lost'
  if (seen?.what === 'message' && seen.message.type === 'declined' && isOf(seen.message.by, consult))
    return 'given-back'
  if (seen?.what !== 'command') return 'withdrawn'
  const { name, body } = seen.command
  const isForColleague = (name === 'transfer' || name === 'assign') && Object(body).agent === consult.agent
  if (isForColleague) return 'handed-over'
  if (name !== 'end-consult' || owner === null) return 'withdrawn'
  return seen.by.kind === 'staff' && seen.by.id === consult.agent ? 'left' : 'ended'
}

function howWoken(seen: Seen | null): string {
  const isByOther = seen?.what === 'command' ? seen.command.name === 'assign' : seen?.what === 'message'
  return isByOther ? 'resumed' : 'woken'
}

function howWrapped(seen: Seen | null): string {
  if (seen?.what === 'command') return seen.command.name === 'finish' ? 'finished' : 'signed-off'
  return seen?.what === 'due' ? 'timed-out' : 'returned'
}

const keyOf = ({ kind, queue, agent, lease }: Where) =>
  kind === 'queue' ? `queue ${queue}` : `${kind} ${agent} ${lease}`

function keep<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
