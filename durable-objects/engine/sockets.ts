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
}

export class PartySocket implements Socket {
  readonly connection: Connection<Attachment>
  readonly #ctx: DurableObjectState
  #kept: Attachment

  constructor(ctx: DurableObjectState, connection: Connection<Attachment>, kept: Attachment) {
    this.#ctx = ctx
    this.connection = connection
    this.#kept = kept
  }

  get id(): string {
    return this.connection.id
  }

  get principal(): Principal {
    return this.#kept.principal
  }

  get audience(): string {
    return this.#kept.audience
  }

  get connectedAt(): number {
    return this.#kept.connectedAt
  }

  get greeted(): boolean {
    return this.#kept.greeted
  }

  set greeted(greeted: boolean) {
    this.#kept = { ...this.#kept, greeted }
    this.connection.setState(this.#kept)
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
}
