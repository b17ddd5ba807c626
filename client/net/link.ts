/** One link to one actor: keeps it up by socket, falls back to polling, and always tells truly how it stands. */
import type { ClientFrame, Position, ServerFrame } from '../../core/protocol/frames.ts'
import { PROTOCOL_VERSION } from '../../core/protocol/link.ts'
import type { Around, Sign, TicketSource } from './around.ts'
import { SOCKET_AGAIN } from './backoff.ts'
import { decode, encode } from './codec.ts'
import type { PollCarrier } from './poll.ts'
import { SocketCarrier } from './socket.ts'

/** `stopped` is for good, see the code; `offline` means that trying goes on. */
export type LinkState = 'connecting' | 'live' | 'polling' | 'offline' | 'stopped'

export interface LinkEvents {
  /** The last event that this client has, for `resume`. */
  position(): Position | null
  frame(frame: ServerFrame): void
  /** The actor knows us: commands may go. */
  ready(): void
  lost(): void
  state(state: LinkState, code: number): void
  /** Live, but it does not answer as it should. */
  slow(is: boolean): void
}

/** Upgrades that fail in a row before polling begins. */
const FAILED_UPGRADES = 2
/** An open line on which hello is not answered is dropped. */
const WELCOME_WITHIN = 8_000

export class Link {
  readonly #around: Around
  readonly #path: string
  readonly #ticket: TicketSource
  readonly #events: LinkEvents
  readonly #unwatch: () => void
  #socket: SocketCarrier
  #poll: PollCarrier | null = null
  #live = false
  #polling = false
  #ended = false
  #code: number | null = null
  #failures = 0
  #failedUpgrades = 0
  #state: LinkState = 'connecting'
  #cancelWelcome: (() => void) | null = null

  constructor(around: Around, path: string, ticket: TicketSource, events: LinkEvents) {
    this.#around = around
    this.#path = path
    this.#ticket = ticket
    this.#events = events
    this.#unwatch = around.watch((sign) => this.#onSign(sign))
    this.#socket = this.#connect()
    this.#tell()
  }

  get state(): LinkState {
    return this.#state
  }

  send(frame: ClientFrame): void {
    if (this.#live) this.#socket.send(encode(frame))
    else this.#poll?.send(frame)
  }

  /** Events are missing: connects anew and resumes. */
  again(): void {
    // A poll resumes each time anyway.
    if (!this.#polling) this.#socket.again()
  }

  end(): void {
    this.#ended = true
    this.#unwatch()
    this.#cancelWelcome?.()
    this.#socket.end()
    this.#endPoll()
  }

  #connect(): SocketCarrier {
    return new SocketCarrier(this.#around, this.#path, this.#ticket, {
      opened: () => this.#onOpened(),
      text: (data) => this.#onText(data),
      down: (wasOpen) => this.#onDown(wasOpen),
      slow: (is) => this.#events.slow(is),
      stopped: (code) => this.#onStopped(code),
    })
  }

  #hello(): ClientFrame {
    const position = this.#events.position()
    const hello = { t: 'hello', v: PROTOCOL_VERSION, client: this.#around.tab } as const
    return position === null ? hello : { ...hello, resume: position }
  }

  #onOpened(): void {
    this.#failedUpgrades = 0
    this.#socket.send(encode(this.#hello()))
    this.#cancelWelcome = this.#around.clock.after(WELCOME_WITHIN, () => this.#socket.again())
  }

  #onText(data: string): void {
    const frame = decode(data)
    if (frame === null) return
    if (frame.t !== 'welcome') return this.#events.frame(frame)
    this.#cancelWelcome?.()
    this.#endPoll()
    this.#socket.atLeast(0)
    this.#live = true
    this.#failures = 0
    this.#events.frame(frame)
    // The frame may have led to another reconnect.
    if (!this.#live) return
    this.#tell()
    this.#events.ready()
  }

  #onDown(wasOpen: boolean): void {
    this.#cancelWelcome?.()
    const wasLive = this.#live
    this.#live = false
    if (!wasLive) this.#failures++
    if (!wasOpen && this.#around.online() && ++this.#failedUpgrades >= FAILED_UPGRADES) this.#startPoll()
    if (wasLive) this.#events.lost()
    this.#tell()
  }

  #onStopped(code: number): void {
    const wasUp = this.#live || this.#polling
    this.#code = code
    this.#live = false
    this.end()
    if (wasUp) this.#events.lost()
    this.#tell()
  }

  #startPoll(): void {
    this.#around.polling((Carrier) => this.#pollBy(Carrier))
  }

  #pollBy(Carrier: typeof PollCarrier): void {
    // It may have come too late.
    if (this.#poll !== null || this.#live || this.#ended) return
    this.#socket.atLeast(SOCKET_AGAIN)
    this.#poll = new Carrier(this.#around, this.#path, this.#ticket, {
      hello: () => this.#hello(),
      frames: (frames) => this.#onPolled(frames),
      up: () => this.#onPollUp(),
      down: () => this.#onPollDown(),
      stopped: (code) => this.#onStopped(code),
    })
  }

  #onPolled(frames: readonly ServerFrame[]): void {
    for (const frame of frames) if (!this.#isStale(frame)) this.#events.frame(frame)
  }

  /** Two polls can overtake each other: a snapshot older than what we have changes nothing. */
  #isStale(frame: ServerFrame): boolean {
    const have = this.#events.position()
    return frame.t === 'welcome' && have !== null && frame.epoch === have.epoch && frame.seq < have.seq
  }

  #onPollUp(): void {
    // After an outage of everything, the socket may be fine again.
    if (this.#failures > FAILED_UPGRADES) this.#socket.hurry()
    this.#polling = true
    this.#failures = 0
    this.#tell()
    this.#events.ready()
  }

  #onPollDown(): void {
    this.#failures++
    if (this.#polling) {
      this.#polling = false
      this.#events.lost()
    }
    this.#tell()
  }

  #endPoll(): void {
    this.#poll?.end()
    this.#poll = null
    if (!this.#polling) return
    this.#polling = false
    this.#events.lost()
  }

  #onSign(sign: Sign): void {
    if (sign === 'offline') {
      if (this.#live) this.#socket.hurry()
    } else if (this.#poll === null) {
      this.#socket.hurry()
    }
    this.#tell()
  }

  #tell(): void {
    const state = this.#now()
    if (state === this.#state) return
    this.#state = state
    this.#events.state(state, this.#code ?? 0)
  }

  #now(): LinkState {
    if (this.#code !== null) return 'stopped'
    if (this.#live) return 'live'
    if (this.#polling) return 'polling'
    return this.#failures >= 2 || !this.#around.online() ? 'offline' : 'connecting'
  }
}
