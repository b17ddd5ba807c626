/** The Sockets port over partyserver's hibernating connections. What must survive sleep is in the connection's state. */
import type { Connection } from 'partykit'
import type { Socket } from '../../core/engine/sessions.ts'
import type { Principal } from '../../core/protocol/principal.ts'

/** Kept with each socket by the platform; at most 16 kB. */
export interface Attachment {
  readonly principal: Principal
  readonly audience: string
  readonly connectedAt: number
  readonly greeted: boolean
  /** Absent where an earlier program left it: not on the screen. */
  readonly here?: Socket['here']
}

export class PartySocket implements Socket {
  readonly connection: Connection<Attachment>
  readonly id: string
  readonly principal: Principal
  readonly audience: string
  readonly connectedAt: number
  readonly #ctx: DurableObjectState
  #greeted: boolean
  #here: Socket['here']

  constructor(ctx: DurableObjectState, connection: Connection<Attachment>, kept: Attachment) {
    this.#ctx = ctx
    this.connection = connection
    this.id = connection.id
    this.principal = kept.principal
    this.audience = kept.audience
    this.connectedAt = kept.connectedAt
    this.#greeted = kept.greeted
    this.#here = kept.here ?? null
  }

  get greeted(): boolean {
    return this.#greeted
  }

  set greeted(greeted: boolean) {
    this.#greeted = greeted
    this.#keep()
  }

  get here(): Socket['here'] {
    return this.#here
  }

  set here(here: Socket['here']) {
    this.#here = here
    this.#keep()
  }

  send(text: string): void {
    if (this.connection.readyState !== WebSocket.OPEN) return
    try {
      this.connection.send(text)
    } catch {
      // The transport broke between the check and the send; the client resumes from what it has.
    }
  }

  close(code: number, reason: string): void {
    try {
      this.connection.close(code, reason.slice(0, 120))
    } catch {
      // Already closed by the other side.
    }
  }

  lastSeen(): number {
    const ping = this.#ctx.getWebSocketAutoResponseTimestamp(this.connection)
    return Math.max(this.connectedAt, ping?.getTime() ?? 0)
  }

  #keep(): void {
    const { principal, audience, connectedAt, greeted, here } = this
    this.connection.setState({ principal, audience, connectedAt, greeted, here })
  }
}
