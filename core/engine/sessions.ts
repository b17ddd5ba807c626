/** Wire protocol v1 on the actor's side: handshake, resume, commands, marks, typing, flood control, announcements. */
import type * as z from 'zod/mini'
import { ClientFrame, close, MAX_FRAME, type Position, PROTOCOL_VERSION, type ServerFrame } from '../protocol/frames.ts'
import type { Dismiss } from '../protocol/messages.ts'
import type { Principal } from '../protocol/principal.ts'
import { type Fault, type Result, refuse } from '../result.ts'
import { isDismissed } from './dismissals.ts'
import type { RawCommand, Relay, Stream } from './model.ts'

/** A connected client. `greeted` survives hibernation with the socket. */
export interface Socket {
  readonly id: string
  readonly principal: Principal
  readonly audience: string
  readonly connectedAt: number
  greeted: boolean
  /** Never throws: a socket that is going away swallows what it is told. */
  send(text: string): void
  close(code: number, reason: string): void
  /** When the client last sent its ping or connected, in ms. */
  lastSeen(): number
}

/** All sockets of this actor that are open. */
export interface Sockets {
  all(): readonly Socket[]
}

/** How long a socket may take to say hello, in ms. */
export const HELLO_WITHIN = 10_000
/** Events per `batch` frame. */
const BATCH = 100
/** Frames that one principal may send in a window of {@link FLOOD_WINDOW} ms; twice as many close the socket. */
const FLOOD_FRAMES = 200
const FLOOD_WINDOW = 10_000

/** What the sessions need of their actor. */
export interface Host {
  readonly epoch: string
  now(): number
  streams(): Readonly<Record<string, Stream>>
  view(audience: string): object | undefined
  command(by: Principal, command: RawCommand): Result<unknown>
  mark(by: Principal, marks: { delivered: number; read: number }): void
  typing(by: Principal, on: boolean): readonly Relay[]
  greeted(audience: string): void
}

export class Sessions {
  readonly #host: Host
  readonly #sockets: Sockets
  /** The last view sent to each audience: saves repeating it. Forgotten with the memory. */
  readonly #views = new Map<string, string | null>()
  readonly #floods = new Map<string, { since: number; frames: number }>()

  constructor(host: Host, sockets: Sockets) {
    this.#host = host
    this.#sockets = sockets
  }

  /** One frame of a client. A throw of the actor becomes a clear frame at the caller's boundary. */
  frame(socket: Socket, text: string): void {
    if (text.length > MAX_FRAME)
      return fail(socket, close.badFrame, refuse('too_large', `a frame has at most ${MAX_FRAME} characters`).error)
    if (this.#flooding(socket)) return
    const raw = parse(text)
    const frame = ClientFrame.safeParse(raw)
    if (!frame.success) return this.#badFrame(socket, raw, frame.error)
    if (frame.data.t === 'hello') return this.#hello(socket, frame.data.v, frame.data.resume)
    if (!socket.greeted) return fail(socket, close.badFrame, refuse('bad_input', 'say hello first').error)
    if (frame.data.t === 'cmd') return this.#command(socket, frame.data)
    if (frame.data.t === 'mark') return this.#host.mark(socket.principal, frame.data)
    this.#relay(socket, this.#host.typing(socket.principal, frame.data.on))
  }

  /** Closes sockets that never said hello. */
  dismissSilent(now: number): void {
    for (const socket of this.#sockets.all()) {
      if (!socket.greeted && socket.connectedAt + HELLO_WITHIN <= now) socket.close(close.helloTimeout, 'no hello')
    }
  }

  /** Closes the sockets of a session that is over, or of somebody whose rights have changed. */
  dismiss(message: Dismiss): void {
    for (const socket of this.#sockets.all()) {
      if (isDismissed(socket.principal, message)) socket.close(close.unauthenticated, 'the session is over')
    }
  }

  /** When the first socket that has not said hello is overdue, in ms. */
  silentUntil(): number | null {
    let first: number | null = null
    for (const socket of this.#sockets.all()) {
      if (!socket.greeted) first = Math.min(first ?? Infinity, socket.connectedAt + HELLO_WITHIN)
    }
    return first
  }

  /** After a commit: the events of the turn, and the views that changed. */
  announce(): void {
    const streams = this.#host.streams()
    const byAudience = new Map<string, Socket[]>()
    for (const socket of this.#sockets.all()) {
      if (socket.greeted) byAudience.set(socket.audience, [...(byAudience.get(socket.audience) ?? []), socket])
    }
    for (const [audience, sockets] of byAudience) {
      const frames = (streams[audience]?.fresh() ?? []).map((event) => encode({ t: 'ev', ...event }))
      const view = this.#changedView(audience)
      if (view !== null) frames.push(view)
      for (const socket of sockets) for (const frame of frames) socket.send(frame)
    }
  }

  #hello(socket: Socket, version: number, resume: Position | undefined): void {
    if (version !== PROTOCOL_VERSION)
      return socket.close(close.version, `this server speaks version ${PROTOCOL_VERSION}`)
    const stream = this.#host.streams()[socket.audience]
    if (stream === undefined) return socket.close(close.forbidden, 'nothing here for you')
    const first = !socket.greeted
    socket.greeted = true
    const { epoch } = this.#host
    const missed = resume?.epoch === epoch ? stream.since(resume.seq) : null
    const head = { t: 'welcome', v: PROTOCOL_VERSION, epoch, seq: stream.head(), now: this.#host.now() } as const
    if (missed === null) socket.send(encode({ ...head, resumed: false, snapshot: [...stream.snapshot()] }))
    else {
      socket.send(encode({ ...head, resumed: true }))
      for (let i = 0; i < missed.length; i += BATCH)
        socket.send(encode({ t: 'batch', evs: missed.slice(i, i + BATCH) }))
    }
    const view = this.#view(socket.audience)
    if (view !== null) socket.send(view)
    this.#views.set(socket.audience, view)
    if (first) this.#host.greeted(socket.audience)
  }

  #command(socket: Socket, command: RawCommand): void {
    const { id } = command
    const result = this.#host.command(socket.principal, command)
    socket.send(
      encode(result.ok ? { t: 'reply', id, ok: true, value: result.value } : { t: 'refused', id, error: result.error }),
    )
  }

  #relay(sender: Socket, relays: readonly Relay[]): void {
    for (const { audience, body } of relays) {
      const frame = encode({ t: 'eph', name: 'typing', body })
      for (const socket of this.#sockets.all()) {
        if (socket.greeted && socket.audience === audience && socket.id !== sender.id) socket.send(frame)
      }
    }
  }

  #badFrame(socket: Socket, raw: unknown, error: z.core.$ZodError): void {
    const fault = badInput(error)
    const isRecord = typeof raw === 'object' && raw !== null
    const id =
      isRecord && 't' in raw && raw.t === 'cmd' && 'id' in raw && typeof raw.id === 'string' ? raw.id : undefined
    if (id !== undefined && /^[A-Za-z0-9_-]{8,64}$/.test(id))
      return socket.send(encode({ t: 'refused', id, error: fault }))
    // A frame kind of a later version is no reason to hang up; what is no frame at all is.
    if (isRecord && 't' in raw && socket.greeted) return socket.send(encode({ t: 'error', error: fault }))
    fail(socket, close.badFrame, fault)
  }

  #flooding(socket: Socket): boolean {
    const now = this.#host.now()
    const key = senderOf(socket.principal)
    const known = this.#floods.get(key)
    const flood = known !== undefined && now - known.since < FLOOD_WINDOW ? known : { since: now, frames: 0 }
    flood.frames += 1
    this.#floods.set(key, flood)
    if (flood.frames <= FLOOD_FRAMES) return false
    const fault = refuse('slow_down', `at most ${FLOOD_FRAMES} frames in ${FLOOD_WINDOW / 1_000} s`, {
      retry: true,
    }).error
    if (flood.frames > 2 * FLOOD_FRAMES) fail(socket, close.slowDown, fault)
    else if (flood.frames === FLOOD_FRAMES + 1) socket.send(encode({ t: 'error', error: fault }))
    return true
  }

  #changedView(audience: string): string | null {
    const frame = this.#view(audience)
    if (this.#views.get(audience) === frame) return null
    this.#views.set(audience, frame)
    return frame
  }

  #view(audience: string): string | null {
    const body = this.#host.view(audience)
    return body === undefined ? null : encode({ t: 'view', body })
  }
}

/** The key under which a principal's commands are remembered. */
export function senderOf(principal: Principal): string {
  return principal.kind === 'customer' ? `customer:${principal.customer}` : `staff:${principal.id}`
}

/** The first thing a schema has against an input, with the path of the field. */
export function badInput(error: z.core.$ZodError): Fault {
  const issue = error.issues[0]
  const field = issue?.path.map(String).join('.')
  const more = field === undefined || field === '' ? {} : { field }
  return refuse('bad_input', issue?.message ?? 'not understood', more).error
}

export function encode(frame: ServerFrame): string {
  return JSON.stringify(frame)
}

function fail(socket: Socket, code: number, error: Fault): void {
  socket.send(encode({ t: 'error', error }))
  socket.close(code, error.message)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is not a frame: the schema refuses it like any other.
    return undefined
  }
}
