/** A simulated WebSocket: frames in order, both ways, with delay; either end may close it, or it just goes silent. */
import type { Socket } from '../../../core/engine/sessions.ts'
import { PING_EVERY } from '../../../core/protocol/link.ts'
import type { Principal } from '../../../core/protocol/principal.ts'
import type { Timeline } from '../kit/timeline.ts'

/** The client's end. */
export interface Wire {
  received(text: string): unknown
  closed(code: number): unknown
}

/** What a socket needs of the home of its actor. */
export interface Shore {
  readonly timeline: Timeline
  hop(): number
  /** The actor's clock. */
  now(): number
  /** True while what the actor says is lost. */
  silent(): boolean
  frame(socket: SimSocket, text: string): void
  left(socket: SimSocket): void
}

export class SimSocket implements Socket {
  readonly id: string
  readonly principal: Principal
  readonly audience: string
  readonly connectedAt: number
  greeted = false
  here: Socket['here'] = null
  readonly #shore: Shore
  readonly #wire: Wire
  readonly #began: number
  /** When the client fell silent without a word. */
  #frozenAt: number | null = null
  #open = true
  #downAt = 0
  #upAt = 0

  constructor(shore: Shore, wire: Wire, id: string, principal: Principal, audience: string) {
    this.#shore = shore
    this.#wire = wire
    this.id = id
    this.principal = principal
    this.audience = audience
    this.connectedAt = shore.now()
    this.#began = shore.timeline.now
  }

  /** Open as far as the actor knows. */
  get open(): boolean {
    return this.#open
  }

  /** The client is there and pings. */
  get alive(): boolean {
    return this.#frozenAt === null
  }

  send(text: string): void {
    if (!this.#open || this.#shore.silent()) return
    this.#toClient(() => this.#wire.received(text))
  }

  close(code: number, _reason: string): void {
    if (!this.#open || this.#shore.silent()) return
    this.#open = false
    this.#toClient(() => this.#wire.closed(code))
    this.#shore.timeline.after(2 * this.#shore.hop(), () => this.#shore.left(this))
  }

  lastSeen(): number {
    const { timeline } = this.#shore
    const until = this.#frozenAt ?? timeline.now
    const pinged = this.#began + PING_EVERY * Math.floor((until - this.#began) / PING_EVERY)
    return this.#shore.now() - Math.floor(timeline.now - pinged)
  }

  /** The client sends a frame. */
  up(text: string): void {
    if (this.#frozenAt !== null) return
    this.#upAt = Math.max(this.#upAt, this.#shore.timeline.now + this.#shore.hop())
    this.#shore.timeline.at(this.#upAt, () => {
      if (this.#open) this.#shore.frame(this, text)
    })
  }

  /** The client closes: the actor hears of it after all that was sent before. */
  hangUp(): void {
    if (this.#frozenAt !== null) return
    this.#frozenAt = this.#shore.timeline.now
    this.#upAt = Math.max(this.#upAt, this.#shore.timeline.now + this.#shore.hop())
    this.#shore.timeline.at(this.#upAt, () => this.#leave())
  }

  /** The client vanishes; the platform notices `after` ms later. */
  vanish(after: number): void {
    if (this.#frozenAt !== null) return
    this.#frozenAt = this.#shore.timeline.now
    this.#shore.timeline.after(after, () => this.#leave())
  }

  /** The machine has died: the actor will not hear of this socket again, the client sees it torn. */
  tear(): void {
    this.#open = false
    this.#toClient(() => this.#wire.closed(1006))
  }

  #leave(): void {
    if (!this.#open) return
    this.#open = false
    this.#shore.left(this)
  }

  #toClient(work: () => void): void {
    const { timeline } = this.#shore
    this.#downAt = Math.max(this.#downAt, timeline.now + this.#shore.hop())
    timeline.at(this.#downAt, () => {
      if (this.#frozenAt === null) work()
    })
  }
}
