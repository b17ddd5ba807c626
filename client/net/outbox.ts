/**
 * Keeps each command until the actor has answered it, and sends it again with the same id after each reconnect. They go one
 * at a time: the next is sent when the one before has its answer, so that none overtakes one that is to be tried again later.
 */
import type { ClientFrame, ServerFrame } from '../../core/protocol/frames.ts'
import type { Clock } from './around.ts'
import { newId } from './ids.ts'

/** Why a command was refused, as it came over the wire. */
export type Refusal = Extract<ServerFrame, { t: 'refused' }>['error']
export type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Refusal }

/** `accepted`: answered, but its entry has not come by the stream yet. */
export type ItemState = 'waiting' | 'accepted' | 'failed'

export interface Item {
  readonly id: string
  readonly name: string
  readonly body: unknown
  readonly at: number
  /** Words of a person: shown while pending, kept over a reload. */
  readonly words: boolean
  /** It may have arrived: it was handed to a link at least once. */
  readonly sent: boolean
  readonly state: ItemState
  readonly refusal: Refusal | null
  /** Kept over a reload as words are, and shown where it belongs: a tag. */
  readonly keep?: boolean | undefined
  /** Whoever wrote it wants it to go, however old it is. */
  readonly agreed?: boolean | undefined
  /** It is held back until then, and what comes after it too. Not over a reload. */
  readonly notBefore?: number
}

export interface CommandOptions {
  readonly words?: boolean
  /** Not words, but kept over a reload as they are. */
  readonly keep?: boolean
  readonly id?: string
  /** Only asks: it waits for nothing, and nothing waits for it. */
  readonly aside?: boolean
  /** How long it can still be taken back, in ms. */
  readonly holdFor?: number
}

export interface OutboxPorts {
  readonly clock: Clock
  send(frame: ClientFrame): void
  /** Called after each change, with everything that a reload must not lose. */
  save(items: readonly Item[]): void
  changed(items: readonly Item[]): void
  /** Whether its writer is asked before it goes; it and those of its name after it wait for that, the others do not. */
  asks?(item: Item): boolean
}

/** A command without an answer for this long is sent again, on a link that seems fine. */
const ANSWER_WITHIN = 10_000
/** A socket takes 20 commands in 5 s and is closed at one more; this many in that time stay well below. */
const PACE = 15
const PACE_WITHIN = 5_000
const AGAIN = 1_000
const AGAIN_MOST = 30_000

export class Outbox {
  #items: readonly Item[] = []
  #open = false
  #tries = 0
  /** When the newest commands were sent, in ms; at most {@link PACE}. */
  #sentAt: readonly number[] = []
  /** The command in the row that was sent and has no answer yet. */
  #flying: string | null = null
  #cancel: (() => void) | null = null
  #cancelWatch: (() => void) | null = null
  #cancelHold: (() => void) | null = null
  readonly #aside = new Set<string>()
  readonly #settled = new Map<string, (outcome: Outcome) => void>()
  readonly #ports: OutboxPorts

  constructor(ports: OutboxPorts) {
    this.#ports = ports
  }

  get items(): readonly Item[] {
    return this.#items
  }

  /** Sends a command; the promise is kept when the actor has answered, however many reconnects that takes. */
  command(name: string, body: unknown, options: CommandOptions = {}): Promise<Outcome> {
    const id = options.id ?? newId(this.#ports.clock.now())
    const words = options.words ?? false
    const keep = options.keep === true ? { keep: true } : {}
    const at = this.#ports.clock.now()
    const { holdFor = 0 } = options
    const held = holdFor > 0 ? { notBefore: at + holdFor } : {}
    const item: Item = { id, name, body, at, words, sent: false, state: 'waiting', refusal: null, ...keep, ...held }
    const settled = new Promise<Outcome>((resolve) => this.#settled.set(id, resolve))
    if (options.aside === true) this.#aside.add(id)
    this.#set([...this.#items, item])
    if (this.#open && options.aside === true) this.#send(item)
    return settled
  }

  /** Takes over what another page, or this one before its reload, did not get answered. */
  adopt(items: readonly Item[]): void {
    const known = new Set(this.#items.map((item) => item.id))
    const fresh = items.filter((item) => !known.has(item.id))
    if (fresh.length === 0) return
    this.#set([...this.#items, ...fresh].sort((a, b) => a.at - b.at))
  }

  /** The link is up: everything that waits goes out, in order. */
  opened(): void {
    // What was answered but is not in the snapshot either will not come any more.
    this.#set(this.#items.filter((item) => item.state !== 'accepted'))
    this.#open = true
    this.#sendAll()
  }

  lost(): void {
    this.#open = false
    this.#flying = null
    this.#cancel?.()
    this.#cancel = null
    this.#unwatch()
  }

  /** The actor drops what we say for the moment. */
  held(): void {
    this.#again()
  }

  /** The actor's answer. */
  take(frame: Extract<ServerFrame, { t: 'reply' | 'refused' }>): void {
    const item = this.#items.find(({ id }) => id === frame.id)
    // The others get their time anew.
    this.#unwatch()
    if (this.#items.some(({ id, state }) => id !== frame.id && state === 'waiting')) this.#watch()
    if (frame.t === 'reply') {
      this.#tries = 0
      if (item?.words) this.#replace({ ...item, state: 'accepted', refusal: null })
      else this.#remove(frame.id)
      this.#settle(frame.id, { ok: true, value: frame.value })
    } else if (frame.error.retry === true && item) {
      this.#again()
    } else {
      // Of what was kept over a reload nobody waits for the answer: it stays, to be told.
      const isTold = item?.keep === true && this.#settled.has(frame.id)
      if (item && (item.words || item.keep) && !isTold)
        this.#replace({ ...item, state: 'failed', refusal: frame.error })
      else this.#remove(frame.id)
      this.#settle(frame.id, { ok: false, error: frame.error })
    }
  }

  /** Entries made by these commands are in the stream. */
  confirm(ids: ReadonlySet<string>): void {
    const done = this.#items.filter((item) => (item.words || item.keep) && ids.has(item.id))
    if (done.length === 0) return
    this.#set(this.#items.filter((item) => !done.includes(item)))
    for (const item of done) this.#settle(item.id, { ok: true, value: null })
  }

  /**
   * The person asked to try a failed one again. It becomes a new command, because the actor repeats its first answer to
   * the old one; `body` replaces what has become stale in it.
   */
  retry(id: string, body?: unknown): void {
    const item = this.#items.find((one) => one.id === id && one.state === 'failed')
    if (!item) return
    this.#remove(id)
    void this.command(item.name, body ?? item.body, { words: item.words })
  }

  /** Its writer was asked, and wants it to go. */
  agree(id: string): void {
    const item = this.#items.find((one) => one.id === id)
    if (item) this.#replace({ ...item, agreed: true })
  }

  remove(id: string): void {
    this.#remove(id)
    this.#settled.delete(id)
    this.#aside.delete(id)
  }

  #again(): void {
    if (this.#cancel !== null) return
    const { clock } = this.#ports
    const delay = Math.min(AGAIN_MOST, AGAIN * 2 ** this.#tries++) * (0.5 + clock.random() / 2)
    this.#cancel = clock.after(delay, () => {
      this.#cancel = null
      this.#sendAll()
    })
  }

  #sendAll(): void {
    if (!this.#open) return
    this.#flying = null
    for (const item of this.#items) if (this.#aside.has(item.id)) this.#send(item)
    this.#sendNext()
  }

  /** Whose turn it is. */
  #first(): Item | undefined {
    const asked = new Set<string>()
    for (const item of this.#items) {
      if (item.state !== 'waiting' || this.#aside.has(item.id) || asked.has(item.name)) continue
      if (item.agreed !== true && this.#ports.asks?.(item) === true) asked.add(item.name)
      else return item
    }
    return undefined
  }

  /** The first in the row, unless it is on its way or waits to be tried again. */
  #sendNext(): void {
    if (!this.#open || this.#cancel !== null) return
    const next = this.#first()
    if (next === undefined || next.id === this.#flying) return
    const held = (next.notBefore ?? 0) - this.#ports.clock.now()
    if (held > 0) return this.#hold(held)
    const early = this.#tooEarly()
    if (early > 0) return this.#sendLater(early)
    this.#flying = next.id
    if (!next.sent) this.#replace({ ...next, sent: true })
    this.#send(next)
  }

  /** Another one may be the next by then: it can be taken back. */
  #hold(delay: number): void {
    this.#cancelHold?.()
    this.#cancelHold = this.#ports.clock.after(delay, () => {
      this.#cancelHold = null
      this.#sendNext()
    })
  }

  /** How long to wait until one more command keeps the pace, in ms. */
  #tooEarly(): number {
    const [first] = this.#sentAt
    return this.#sentAt.length < PACE || first === undefined ? 0 : first + PACE_WITHIN - this.#ports.clock.now()
  }

  #sendLater(delay: number): void {
    this.#cancel = this.#ports.clock.after(delay, () => {
      this.#cancel = null
      this.#sendNext()
    })
  }

  #watch(): void {
    this.#cancelWatch ??= this.#ports.clock.after(ANSWER_WITHIN, () => {
      this.#cancelWatch = null
      this.#sendAll()
    })
  }

  #unwatch(): void {
    this.#cancelWatch?.()
    this.#cancelWatch = null
  }

  #send(item: Item): void {
    if (item.state !== 'waiting') return
    this.#sentAt = [...this.#sentAt, this.#ports.clock.now()].slice(-PACE)
    this.#ports.send({ t: 'cmd', id: item.id, name: item.name, body: item.body })
    this.#watch()
  }

  #settle(id: string, outcome: Outcome): void {
    this.#settled.get(id)?.(outcome)
    this.#settled.delete(id)
    this.#aside.delete(id)
  }

  #replace(item: Item): void {
    this.#set(this.#items.map((one) => (one.id === item.id ? item : one)))
  }

  #remove(id: string): void {
    if (this.#items.some((item) => item.id === id)) this.#set(this.#items.filter((item) => item.id !== id))
  }

  #set(items: readonly Item[]): void {
    this.#items = items
    this.#ports.save(items.filter((item) => (item.words || item.keep) && item.state !== 'accepted'))
    this.#ports.changed(items)
    this.#sendNext()
  }
}
