/**
 * The shell that every actor shares: binds the engine's ports to the platform, owns the sockets, and is the boundary at
 * which a throw becomes a logged error and a clear answer. See docs/decisions/partyserver.md for what partyserver does here.
 */
import { type Connection, type ConnectionContext, Server } from 'partykit'
import { describeError } from '../../core/describe-error.ts'
import { Actor } from '../../core/engine/actor.ts'
import { type KeptPage, mayRestore, putPage, storageOf, takePage } from '../../core/engine/keeping.ts'
import type { Packet } from '../../core/engine/mail.ts'
import { migrate, openStorage } from '../../core/engine/migrations.ts'
import type { Model, RawCommand } from '../../core/engine/model.ts'
import type { Clock } from '../../core/engine/ports.ts'
import { asActorName } from '../../core/ids.ts'
import type { StuckReport } from '../../core/protocol/actors.ts'
import { type CloseCode, close, PING, PONG, SUBPROTOCOL } from '../../core/protocol/link.ts'
import { PRINCIPAL_HEADER, Principal } from '../../core/protocol/principal.ts'
import { bug, type FaultCode, ok, type Result, refuse } from '../../core/result.ts'
import { bindClock } from './clock.ts'
import { type ActorEnv, bindLink } from './link.ts'
import { type Attachment, PartySocket } from './sockets.ts'
import { bindStore } from './store.ts'

export abstract class ActorObject<S> extends Server<ActorEnv> {
  static override options = { hibernate: true }

  actor: Actor<S>
  readonly #model: Model<S>
  /** One wrapper for each connection, as long as this life lasts. A connection is the platform's own WebSocket object. */
  readonly #sockets = new Map<WebSocket, PartySocket>()
  /** Whether this life has met the connections that an earlier one left to it. */
  #hasMet = false

  constructor(ctx: DurableObjectState, env: ActorEnv, model: Model<S>) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG))
    this.#model = model
    this.actor = this.#open()
  }

  /** The actor lane. A throw tells the sender to try again; it is logged here, where its cause is. */
  async receive(packet: Packet): Promise<number> {
    try {
      return this.actor.receive(packet)
    } catch (error) {
      report(error, `${this.actor.name} receive`)
      throw error
    }
  }

  async command(principal: Principal, command: RawCommand): Promise<Result<unknown>> {
    return this.guarded('command', () => this.actor.command(principal, command))
  }

  async stuck(): Promise<StuckReport> {
    return this.actor.stuck()
  }

  async replay(): Promise<number> {
    return this.actor.replay()
  }

  /** What a backup keeps of this actor, page by page; '' begins. */
  async keep(cursor: string): Promise<KeptPage> {
    const { store } = openStorage(bindStore(this.ctx.storage), this.#clock(), this.#model.migrations)
    return takePage(store, this.#model.lasting ?? [], cursor)
  }

  /** Takes a page of a backup, in order; with the last one the actor begins anew with what it says. */
  async restore(page: KeptPage): Promise<Result<undefined>> {
    return this.guarded('restore', () => {
      const store = bindStore(this.ctx.storage)
      migrate(store, this.actor.epoch, this.#model.migrations)
      if (!mayRestore(store, this.#model.lasting ?? [])) return refuse('conflict', 'there is something here already')
      if (page.storage !== storageOf(store))
        return refuse('bad_input', `was kept by another version (${page.storage})`, { field: 'page.storage' })
      putPage(store, page)
      if (page.next !== null) return ok(undefined)
      this.actor = this.#open()
      this.actor.decide((state, turn) => this.#model.revive?.(state, turn))
      return ok(undefined)
    })
  }

  async retell(): Promise<boolean> {
    return this.actor.retell()
  }

  override async fetch(request: Request): Promise<Response> {
    // partyserver would take a connection's id from the query; ids are ours to give.
    const response = await super.fetch(new Request(new URL(new URL(request.url).pathname, request.url), request))
    if (response.webSocket == null) return response
    return new Response(null, {
      status: 101,
      webSocket: response.webSocket,
      headers: { 'sec-websocket-protocol': SUBPROTOCOL },
    })
  }

  override onConnect(connection: Connection<Attachment>, { request }: ConnectionContext): void {
    try {
      this.#connect(connection, request)
    } catch (error) {
      // Never let partyserver see it: it would answer with the stack.
      report(error, `${this.actor.name} connect`)
      connection.close(close.bug, 'internal error')
    }
  }

  /** Whom this life has met goes straight to the actor: partyserver would read its attachment anew with each frame. */
  override async webSocketMessage(ws: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const socket = this.#sockets.get(ws)
    if (socket === undefined) await super.webSocketMessage(ws, message)
    else this.#frame(socket, message)
  }

  override onMessage(connection: Connection<Attachment>, message: string | ArrayBuffer | ArrayBufferView): void {
    const socket = this.#socket(connection)
    if (socket !== null) this.#frame(socket, message)
  }

  override onClose(connection: Connection<Attachment>, code: number): void {
    // partyserver answers every close but one without a code, which would leave that client waiting.
    if (code === 1005) connection.close()
    this.#gone(connection)
  }

  override onError(connection: Connection<Attachment>, error: unknown): void {
    report(error, `${this.actor.name} socket`)
    this.#gone(connection)
  }

  override onAlarm(): void {
    this.actor.alarm()
  }

  /** Turns a throw into a logged error and a clear refusal. */
  protected guarded<T>(where: string, work: () => Result<T>): Result<T> {
    try {
      return work()
    } catch (error) {
      report(error, `${this.actor.name} ${where}`)
      return bug
    }
  }

  #open(): Actor<S> {
    return new Actor(asActorName(this.name), this.#model, {
      store: bindStore(this.ctx.storage),
      link: bindLink(this.env),
      clock: this.#clock(),
      sockets: { all: () => this.#all() },
      report,
    })
  }

  #clock(): Clock {
    return bindClock(this.ctx, () => this.actor.nudged())
  }

  #connect(connection: Connection<Attachment>, request: Request): void {
    const principal = Principal.parse(JSON.parse(request.headers.get(PRINCIPAL_HEADER) ?? 'null'))
    const admitted = this.actor.seat(principal)
    if (!admitted.ok) {
      connection.send(JSON.stringify({ t: 'error', error: admitted.error }))
      return connection.close(codeFor(admitted.error.code), admitted.error.message)
    }
    connection.setState({ principal, audience: admitted.value, connectedAt: Date.now(), greeted: false })
    this.#socket(connection)
    this.actor.opened()
  }

  #frame(socket: PartySocket, message: string | ArrayBuffer | ArrayBufferView): void {
    if (typeof message !== 'string') return socket.close(close.badFrame, 'frames are text')
    this.actor.frame(socket, message)
  }

  #gone(connection: Connection<Attachment>): void {
    const socket = this.#socket(connection)
    this.#sockets.delete(connection)
    if (socket !== null) this.actor.gone(socket)
  }

  /** Asks the platform once in a life: partyserver reads every connection's state anew with each walk over them. */
  #all(): PartySocket[] {
    if (!this.#hasMet) for (const connection of this.getConnections<Attachment>()) this.#socket(connection)
    this.#hasMet = true
    const open: PartySocket[] = []
    for (const [connection, socket] of this.#sockets) {
      const { readyState } = connection
      if (readyState === WebSocket.OPEN) open.push(socket)
      else if (readyState === WebSocket.CLOSED) this.#sockets.delete(connection)
    }
    return open
  }

  #socket(connection: Connection<Attachment>): PartySocket | null {
    const known = this.#sockets.get(connection)
    if (known !== undefined) return known
    if (connection.state === null) return null
    const socket = new PartySocket(this.ctx, connection, connection.state)
    this.#sockets.set(connection, socket)
    return socket
  }
}

/** What a socket is closed with that is not let in. */
function codeFor(refusal: FaultCode): CloseCode {
  if (refusal === 'not_found') return close.gone
  if (refusal === 'unauthenticated') return close.unauthenticated
  return refusal === 'slow_down' ? close.slowDown : close.forbidden
}

/** Where the boundaries report: one line of JSON, without what people wrote. */
function report(error: unknown, where: string): void {
  console.error(JSON.stringify({ level: 'error', event: 'actor_failed', where, error: describeError(error) }))
}
