/** Carries a link over a WebSocket: a fresh ticket for each attempt, heartbeats, backoff, and the end of a silent line. */
import ReconnectingSocket from 'partysocket/ws'
import { close, LINK_DEAD_AFTER, PING, PING_EVERY, PONG, SUBPROTOCOL } from '../../core/protocol/link.ts'
import type { Around, TicketSource } from './around.ts'
import { crowdDelay, isFinal, retryDelay } from './backoff.ts'

export interface SocketEvents {
  /** Connected; the first thing to send is hello. */
  opened(): void
  text(data: string): void
  /** An attempt failed, or an open line broke. `wasOpen` tells which; the next attempt follows by itself. */
  down(wasOpen: boolean): void
  /** An open line that does not answer as it should, or does again. */
  slow(is: boolean): void
  /** No further attempts. */
  stopped(code: number): void
}

/** A line that held this long was a good one: backoff begins anew. */
const STEADY = 5_000
/** A ping without an answer for this long: the line is slow, or open at this end only. */
const SLOW = 2_000
/** How soon an answer must come when there is reason to doubt the line. */
const PROBE = 4_000
/** What a line that broke without a close frame is closed with. */
const BROKEN = 1006
/** News may still come on a line on which nothing of ours arrives; without an answer to a ping for this long it is dead too. */
const DEAF_AFTER = 2 * LINK_DEAD_AFTER
const CONNECT_WITHIN = 8_000
/** What we close with when the other side is silent; within the range that a browser allows. */
const SILENT = 3_000

export class SocketCarrier {
  readonly #around: Around
  readonly #ticket: TicketSource
  readonly #events: SocketEvents
  readonly #ws: ReconnectingSocket
  readonly #url: string
  #attempt = -1
  #code = 0
  /** The line that was lost last was a good one. */
  #held = false
  #openedAt = 0
  #lastHeard = 0
  #lastPing = 0
  #lastPong = 0
  #deadline = Number.POSITIVE_INFINITY
  #isOpen = false
  #ended = false
  #least = 0
  #hurry: (() => void) | null = null
  #unbeat: (() => void) | null = null

  constructor(around: Around, path: string, ticket: TicketSource, events: SocketEvents) {
    this.#around = around
    this.#ticket = ticket
    this.#events = events
    this.#url = `${around.origin.replace(/^http/, 'ws')}/connect/${path}`
    let prepared: Promise<string> = Promise.resolve('')
    this.#ws = new ReconnectingSocket(
      () => (prepared = this.#prepare()).then(() => this.#url),
      () => prepared.then((ticket) => [SUBPROTOCOL, `ticket.${ticket}`]),
      {
        // The waits are ours, in #prepare: they can be hurried and know the close code.
        minReconnectionDelay: 0,
        maxReconnectionDelay: 0,
        connectionTimeout: CONNECT_WITHIN,
        ...(around.WebSocket === undefined ? {} : { WebSocket: around.WebSocket }),
      },
    )
    this.#ws.onopen = () => this.#onOpen()
    this.#ws.onmessage = (event) => this.#onText(event.data)
    this.#ws.onclose = (event) => this.#onClose(event.code)
    // The library closes after an error, with a code of its own; what comes first is that the line broke.
    this.#ws.onerror = () => {
      this.#code = BROKEN
    }
  }

  send(text: string): void {
    if (this.#isOpen) this.#ws.send(text)
  }

  /** Ends the wait for the next attempt; on an open line, asks for a sign of life. */
  hurry(): void {
    this.#hurry?.()
    if (!this.#isOpen) return
    const { now } = this.#around.clock
    if (now() - this.#lastHeard > LINK_DEAD_AFTER) return this.again()
    this.#deadline = Math.min(this.#deadline, now() + PROBE)
    this.#ping()
  }

  /** Drops the line and connects anew. */
  again(): void {
    if (!this.#ended) this.#ws.reconnect(SILENT, 'again')
  }

  /** At least this long between attempts, while something else carries the link. */
  atLeast(ms: number): void {
    this.#least = ms
  }

  end(): void {
    this.#ended = true
    this.#unbeat?.()
    this.#hurry?.()
    this.#ws.onclose = null
    this.#ws.close(1000)
  }

  /** Waits, then gets a ticket; never throws, so that the library's own error path stays out of the way. */
  async #prepare(): Promise<string> {
    for (;;) {
      if (this.#attempt >= 0) await this.#pause()
      this.#attempt++
      if (this.#ended) return ''
      try {
        const answer = await this.#ticket()
        if ('ticket' in answer) return answer.ticket
        this.#stop(answer.stop)
        return ''
      } catch {
        this.#code = 0
        this.#events.down(true)
      }
    }
  }

  #pause(): Promise<void> {
    const { clock } = this.#around
    const isCrowd = this.#held && this.#code === BROKEN
    this.#held = false
    const delay = isCrowd ? crowdDelay(clock.random) : retryDelay(this.#attempt, this.#code, clock.random)
    const wait = Math.max(this.#least, delay)
    return new Promise((resolve) => {
      const cancel = clock.after(wait, () => this.#hurry?.())
      this.#hurry = () => {
        cancel()
        this.#hurry = null
        resolve()
      }
    })
  }

  #onOpen(): void {
    this.#isOpen = true
    this.#openedAt = this.#lastHeard = this.#lastPing = this.#lastPong = this.#around.clock.now()
    this.#deadline = Number.POSITIVE_INFINITY
    this.#unbeat?.()
    this.#unbeat = this.#around.beat(() => this.#onBeat())
    this.#events.opened()
  }

  #onText(data: unknown): void {
    this.#lastHeard = this.#around.clock.now()
    this.#deadline = Number.POSITIVE_INFINITY
    this.#events.slow(false)
    if (data === PONG) this.#lastPong = this.#lastHeard
    else if (typeof data === 'string') this.#events.text(data)
  }

  #onBeat(): void {
    const now = this.#around.clock.now()
    // A clock that was set back would otherwise let neither ping nor deadline come for as long as the step.
    this.#openedAt = Math.min(this.#openedAt, now)
    this.#lastHeard = Math.min(this.#lastHeard, now)
    this.#lastPing = Math.min(this.#lastPing, now)
    this.#lastPong = Math.min(this.#lastPong, now)
    if (this.#deadline !== Number.POSITIVE_INFINITY) this.#deadline = Math.min(this.#deadline, now + PROBE)
    if (now >= this.#deadline || now - this.#lastHeard > LINK_DEAD_AFTER || now - this.#lastPong > DEAF_AFTER)
      return this.again()
    this.#events.slow(this.#lastHeard < this.#lastPing && now - this.#lastPing > SLOW)
    if (now - this.#lastPing >= PING_EVERY) this.#ping()
  }

  #ping(): void {
    this.#lastPing = this.#around.clock.now()
    this.#ws.send(PING)
  }

  #onClose(code: number): void {
    const wasOpen = this.#isOpen
    this.#isOpen = false
    this.#unbeat?.()
    this.#unbeat = null
    this.#code = code
    this.#held = wasOpen && this.#around.clock.now() - this.#openedAt >= STEADY
    if (this.#held) this.#attempt = 0
    if (wasOpen && isFinal(code)) return this.#stop(code)
    this.#events.down(wasOpen)
  }

  #stop(code: number): void {
    this.end()
    if (code === close.version) this.#around.reload()
    this.#events.stopped(code)
  }
}
