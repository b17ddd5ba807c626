/** Wire protocol v1 on the actor's side: handshake, resume, commands, marks, typing, flood control, announcements. */
import type { Here, Writing } from '../protocol/colleagues.ts'
import { ClientFrame, CommandHead, type Position, type ServerFrame } from '../protocol/frames.ts'
import { close, LINK_DEAD_AFTER, MAX_FRAME, PROTOCOL_VERSION } from '../protocol/link.ts'
import type { Dismiss } from '../protocol/messages.ts'
import { type Principal, senderOf } from '../protocol/principal.ts'
import { badInput, type Fault, type Result, refuse } from '../result.ts'
import type { Actor, Ports } from './actor.ts'
import { earliest } from './deadlines.ts'
import { isDismissed } from './dismissals.ts'
import { Flood } from './flood.ts'
import type { Model, RawCommand, Stream } from './model.ts'
import type { Clock } from './ports.ts'

/** A connected client. `greeted` survives hibernation with the socket. */
export interface Socket {
  readonly id: string
  readonly principal: Principal
  readonly audience: string
  readonly connectedAt: number
  greeted: boolean
  /** Its person looks at this actor, and writes; survives hibernation too. Null: has it not on the screen. */
  here: { readonly writing: Writing | null } | null
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
/** Commands that one socket may send in {@link COMMANDS_WITHIN} ms; one more closes it. */
const COMMANDS = 20
const COMMANDS_WITHIN = 5_000
/** Sockets of one principal at one actor; the oldest makes room for one more. */
export const MOST_SOCKETS = 16
/**
 * Sockets of all people at one actor. The platform allows 32,768, but each keeps up to 16 kB with it: so many take at most
 * 64 MB, half of the memory.
 */
export const MOST_SOCKETS_OF_ALL = 4_096

export class Sessions<S> {
  readonly #actor: Actor<S>
  readonly #model: Model<S>
  readonly #clock: Clock
  readonly #sockets: Sockets
  /** The last view sent to each audience: saves repeating it. Forgotten with the memory. */
  readonly #views = new Map<string, string | null>()
  readonly #frames = new Flood(FLOOD_WINDOW)
  readonly #commands = new Flood(COMMANDS_WITHIN)

  constructor(actor: Actor<S>, model: Model<S>, { clock, sockets }: Ports) {
    this.#actor = actor
    this.#model = model
    this.#clock = clock
    this.#sockets = sockets
  }

  /** One frame of a client. A throw of the actor becomes a clear frame at the caller's boundary. */
  frame(socket: Socket, text: string): void {
    if (text.length > MAX_FRAME)
      return fail(socket, close.badFrame, refuse('too_large', `a frame has at most ${MAX_FRAME} characters`).error)
    if (this.#flooding(socket)) return
    const raw = parse(text)
    const { success, data: frame, error } = ClientFrame.safeParse(raw)
    if (!success) return this.#badFrame(socket, raw, badInput(error))
    if (frame.t === 'hello') return this.#hello(socket, frame.v, frame.resume)
    if (!socket.greeted) return fail(socket, close.badFrame, refuse('bad_input', 'say hello first').error)
    if (frame.t === 'cmd') return this.#command(socket, frame)
    if (frame.t === 'typing') return this.#typing(socket, frame.on, frame.text)
    if (frame.t === 'here') return this.#comes(socket, frame.on ? { writing: frame.writing } : null)
    this.#actor.decide((state, turn) => this.#model.mark?.(state, turn, socket.principal, frame))
  }

  /** Closes sockets that never said hello; answers when the next one is overdue, in ms. */
  dismissSilent(now: number): number | null {
    const isOverdue = ({ connectedAt }: Socket) => connectedAt + HELLO_WITHIN <= now
    for (const socket of this.#silent().filter(isOverdue)) socket.close(close.helloTimeout, 'no hello')
    return this.silentUntil()
  }

  /** Closes the sockets of a session that is over, or of somebody whose rights have changed. */
  dismiss(message: Dismiss): void {
    for (const socket of this.#sockets.all()) {
      if (isDismissed(socket.principal, message)) socket.close(close.unauthenticated, 'the session is over')
    }
  }

  /** Why there is no place for one more socket, whoever asks; those that are there stay. */
  full(): Extract<Result<never>, { ok: false }> | null {
    if (this.#sockets.all().length < MOST_SOCKETS_OF_ALL) return null
    return refuse('slow_down', 'too many are connected here, try again later', { retry: true })
  }

  /** Of principals who have one socket too many, the oldest goes. */
  makeRoom(): void {
    const bySender = Map.groupBy(this.#sockets.all(), ({ principal }) => senderOf(principal))
    for (const own of bySender.values()) {
      if (own.length <= MOST_SOCKETS) continue
      const oldest = own.reduce((a, b) => (b.connectedAt < a.connectedAt ? b : a))
      oldest.close(close.replaced, `at most ${MOST_SOCKETS} sockets of one person`)
    }
  }

  /** When the first socket that has not said hello is overdue, in ms. */
  silentUntil(): number | null {
    return earliest(this.#silent().map(({ connectedAt }) => connectedAt + HELLO_WITHIN))
  }

  /** When a client of this audience, or of this member of staff in it, was last heard of, in ms; null: none is connected. */
  lastSeen(audience: string, staff?: string): number | null {
    const isOf = ({ principal }: Socket) =>
      staff === undefined || (principal.kind === 'staff' && principal.id === staff)
    const times = this.#greeted(audience)
      .filter(isOf)
      .map((socket) => socket.lastSeen())
    return times.length === 0 ? null : Math.max(...times)
  }

  /** After a commit: the events of the turn, and the views that changed. */
  announce(): void {
    for (const [audience, sockets] of Map.groupBy(this.#greeted(), (socket) => socket.audience)) {
      const frames = framesOf(this.#model.stream(this.#actor.state, audience))
      const view = this.#view(audience)
      if (view !== null && view !== this.#views.get(audience)) frames.push(view)
      this.#views.set(audience, view)
      for (const socket of sockets) for (const frame of frames) socket.send(frame)
    }
  }

  /** After that: these members of staff have had the last news, unless they may look all the same. */
  letGo(staff: ReadonlySet<string>): void {
    for (const socket of this.#sockets.all()) {
      if (socket.principal.kind !== 'staff' || !staff.has(socket.principal.id)) continue
      const admitted = this.#actor.admit(socket.principal)
      if (!admitted.ok) fail(socket, close.forbidden, admitted.error)
    }
  }

  /** Tells those who look who else does. Whose line is silent is not there any more. */
  tellHere(): void {
    const now = this.#clock.now()
    const looking = this.#greeted().filter(({ here }) => here !== null)
    const people = new Map<string, Here['people'][number]>()
    for (const socket of looking) {
      const { principal, here } = socket
      if (principal.kind !== 'staff' || socket.lastSeen() + LINK_DEAD_AFTER < now) continue
      const { id, name } = principal
      people.set(id, { id, name, writing: here?.writing ?? people.get(id)?.writing ?? null })
    }
    const frame = encode({ t: 'eph', name: 'here', body: { people: [...people.values()] } satisfies Here })
    for (const socket of looking) socket.send(frame)
  }

  #hello(socket: Socket, version: number, resume: Position | undefined): void {
    if (version !== PROTOCOL_VERSION)
      return socket.close(close.version, `this server speaks version ${PROTOCOL_VERSION}`)
    const { audience, greeted } = socket
    const { state, epoch } = this.#actor
    const stream = this.#model.stream(state, audience)
    if (stream === undefined) return socket.close(close.forbidden, 'nothing here for you')
    socket.greeted = true
    const missed = resume?.epoch === epoch ? stream.since(resume.seq) : null
    const head = { t: 'welcome', v: PROTOCOL_VERSION, epoch, seq: stream.head(), now: this.#clock.now() } as const
    if (missed === null) socket.send(encode({ ...head, resumed: false, snapshot: [...stream.snapshot()] }))
    else {
      socket.send(encode({ ...head, resumed: true }))
      for (let i = 0; i < missed.length; i += BATCH)
        socket.send(encode({ t: 'batch', evs: missed.slice(i, i + BATCH) }))
    }
    const view = this.#view(audience)
    if (view !== null) socket.send(view)
    this.#views.set(audience, view)
    if (!greeted) this.#actor.connected(audience)
  }

  #command(socket: Socket, command: RawCommand): void {
    const { id } = command
    if (this.#commands.count(socket.id, this.#clock.now()) > COMMANDS)
      return fail(socket, close.slowDown, tooFast(`${COMMANDS} commands in ${COMMANDS_WITHIN / 1_000} s`))
    const result = this.#actor.command(socket.principal, command)
    socket.send(
      encode(result.ok ? { t: 'reply', id, ok: true, value: result.value } : { t: 'refused', id, error: result.error }),
    )
  }

  #typing(sender: Socket, on: boolean, text: string | undefined): void {
    for (const { audience, body } of this.#model.typing?.(this.#actor.state, sender.principal, on, text) ?? []) {
      const frame = encode({ t: 'eph', name: 'typing', body })
      for (const socket of this.#greeted(audience)) if (socket.id !== sender.id) socket.send(frame)
    }
  }

  #comes(socket: Socket, here: Socket['here']): void {
    if (this.#model.isSeenHere?.(socket.principal) !== true) return
    socket.here = here
    this.tellHere()
  }

  #badFrame(socket: Socket, raw: unknown, error: Fault): void {
    const command = CommandHead.safeParse(raw)
    if (command.success) return socket.send(encode({ t: 'refused', id: command.data.id, error }))
    // A frame kind of a later version is no reason to hang up; what is no frame at all is.
    const isFrame = typeof raw === 'object' && raw !== null && 't' in raw
    if (isFrame && socket.greeted) return socket.send(encode({ t: 'error', error }))
    fail(socket, close.badFrame, error)
  }

  #flooding(socket: Socket): boolean {
    const frames = this.#frames.count(senderOf(socket.principal), this.#clock.now())
    if (frames <= FLOOD_FRAMES) return false
    const fault = tooFast(`${FLOOD_FRAMES} frames in ${FLOOD_WINDOW / 1_000} s`)
    if (frames > 2 * FLOOD_FRAMES) fail(socket, close.slowDown, fault)
    else if (frames === FLOOD_FRAMES + 1) socket.send(encode({ t: 'error', error: fault }))
    return true
  }

  #view(audience: string): string | null {
    const body = this.#model.view?.(this.#actor.state, audience)
    return body === undefined ? null : encode({ t: 'view', body })
  }

  #greeted(audience?: string): Socket[] {
    return this.#sockets.all().filter((s) => s.greeted && (audience === undefined || s.audience === audience))
  }

  #silent(): Socket[] {
    return this.#sockets.all().filter((socket) => !socket.greeted)
  }
}

/** The news of a turn. */
function framesOf(stream: Stream | undefined): string[] {
  const fresh = stream?.fresh() ?? []
  if (stream?.sparse === true) return fresh.length === 0 ? [] : [encode({ t: 'batch', evs: [...fresh] })]
  return fresh.map((event) => encode({ t: 'ev', ...event }))
}

const tooFast = (most: string): Fault => refuse('slow_down', `at most ${most}`, { retry: true }).error

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
