/**
 * A client of the wire protocol over a simulated socket: says hello, resumes, repeats what was not answered, and checks
 * that what it gets is gapless, in order and the same as before.
 */

import { isDeepStrictEqual } from 'node:util'
import type * as z from 'zod/mini'
import type { ActorName } from '../../../core/ids.ts'
import { AgentRow, WaitingRow } from '../../../core/protocol/agent.ts'
import { PublicEntry, PublicView, StaffEntry, StaffView } from '../../../core/protocol/conversation.ts'
import { type Event, type Position, ServerFrame } from '../../../core/protocol/frames.ts'
import { PROTOCOL_VERSION } from '../../../core/protocol/link.ts'
import type { Principal } from '../../../core/protocol/principal.ts'
import type { SimSocket } from '../ports/socket.ts'
import type { World } from '../world/world.ts'
import { Replica } from './replica.ts'

export interface Command {
  readonly id: string
  readonly name: string
  readonly body: object
}

export interface Heard {
  readonly ok: boolean
  readonly value?: unknown
  readonly code?: string
}

/** The shapes of what a client is sent: nothing else, and not a field more. */
export interface Shapes {
  readonly event: z.ZodMiniType
  readonly view: z.ZodMiniType | null
}

export const customerTalk: Shapes = { event: PublicEntry, view: PublicView }
export const staffTalk: Shapes = { event: StaffEntry, view: StaffView }
export const agentBoard: Shapes = { event: AgentRow, view: null }
export const queueBoard: Shapes = { event: WaitingRow, view: null }

/** Whom a link leads to, for whom, and what it brings. */
export interface Target {
  readonly actor: ActorName
  readonly principal: Principal
  readonly shapes: Shapes
}

/** What the owner of a link wants to know. */
export interface Listener {
  greeted?(): void
  event?(event: Event): void
  view?(body: unknown): void
  answered?(command: Command, heard: Heard): void
  /** The actor does not want us: no use in trying again. */
  unwanted?(code: number | string): void
}

/** How long until the next try to connect, in ms. */
const AGAIN = [300, 1_000, 3_000, 5_000] as const
/** After so many tries it is seldom tried again. */
const PATIENT = 40
const SELDOM = 600_000
/** An answer that does not come: the command is sent again, in ms. */
const REPEAT = 4_000
/** A socket that takes more commands within 5 s is closed. */
const MOST_COMMANDS = 20

export class Link {
  readonly shapes: Shapes
  readonly actor: ActorName
  readonly principal: Principal
  replica: Replica
  readonly #world: World
  readonly #client: string
  readonly #listener: Listener
  readonly #pending = new Map<string, Command>()
  readonly #answers = new Map<string, string>()
  #socket: SimSocket | null = null
  #ready = false
  #wanted = false
  #tries = 0
  /** Commands on the present socket. */
  #said = 0
  #epoch: string | null = null

  constructor(world: World, to: Target, client: string, listener: Listener) {
    this.#world = world
    this.actor = to.actor
    this.principal = to.principal
    this.shapes = to.shapes
    this.replica = emptyReplica(to.shapes)
    this.#client = client
    this.#listener = listener
  }

  get ready(): boolean {
    return this.#ready
  }

  get idle(): boolean {
    return this.#pending.size === 0
  }

  /** Connects, and connects again whenever the socket breaks. */
  open(): void {
    if (this.#wanted) return
    this.#wanted = true
    this.#connect()
  }

  /** Goes away: politely, or without a word, which the platform notices `after` ms later. */
  leave(vanishFor: number | null): void {
    this.#wanted = false
    this.#ready = false
    const socket = this.#socket
    this.#socket = null
    if (vanishFor === null) socket?.hangUp()
    else socket?.vanish(vanishFor)
  }

  /** Sends a command until it is answered. The same id may be sent again after its answer. */
  command(command: Command): void {
    this.#pending.set(command.id, command)
    this.#send(command)
  }

  /** The page is loaded anew: what it had is gone, but not what it had still to say. */
  reload(): void {
    this.#epoch = null
    this.replica = emptyReplica(this.shapes)
  }

  /** Drops what was not answered: its owner has lost interest. */
  forget(): void {
    this.#pending.clear()
  }

  frame(frame: object): void {
    if (this.#ready) this.#socket?.up(JSON.stringify(frame))
  }

  #received(text: string): void {
    const parsed = ServerFrame.safeParse(JSON.parse(text))
    if (!parsed.success) return this.#wrong(`a frame that is none of the protocol: ${text}`)
    const frame = parsed.data
    switch (frame.t) {
      case 'welcome':
        return this.#welcome(frame)
      case 'ev':
        return this.#event(frame)
      case 'batch':
        for (const event of frame.evs) this.#event(event)
        return
      case 'reply':
        return this.#answer(frame.id, { ok: true, value: frame.value })
      case 'refused':
        return this.#answer(frame.id, { ok: false, code: frame.error.code })
      case 'view':
        this.#caughtUp()
        if (this.shapes.view !== null) this.#shape(this.shapes.view, frame.body)
        this.replica.view = frame.body
        return this.#listener.view?.(frame.body)
      case 'error':
        if (frame.error.code !== 'internal' && !this.#isFlood(frame.error.code))
          this.#wrong(`an error without a cause: ${text}`)
        return
      case 'eph':
        return
    }
  }

  /** Whoever was away long enough has more to say than one socket takes at once. */
  #isFlood(code: string): boolean {
    return code === 'slow_down' && this.#said > MOST_COMMANDS
  }

  #closed(code: number): void {
    this.#socket = null
    this.#ready = false
    if (code === 4403 || code === 4404) return this.#listener.unwanted?.(code)
    this.#later()
  }

  #connect(): void {
    const { timeline } = this.#world
    timeline.after(this.#world.hop(), () => {
      if (!this.#wanted || this.#socket !== null) return
      // What an earlier socket still has to say is nobody's business any more.
      let socket: SimSocket | null = null
      const connected = this.#world.home(this.actor).connect(this.principal, {
        received: (text) => this.#socket === socket && this.#received(text),
        closed: (code) => this.#socket === socket && this.#closed(code),
      })
      if ('refused' in connected) {
        if (connected.refused === 'forbidden') return this.#listener.unwanted?.(connected.refused)
        return this.#later()
      }
      socket = connected.socket
      this.#socket = socket
      this.#said = 0
      const { last } = this.replica
      const resume: Position | undefined = this.#epoch === null ? undefined : { epoch: this.#epoch, seq: last }
      const hello = { t: 'hello', v: PROTOCOL_VERSION, client: this.#client }
      connected.socket.up(JSON.stringify(resume === undefined ? hello : { ...hello, resume }))
    })
  }

  #later(): void {
    const wait = this.#tries > PATIENT ? SELDOM : (AGAIN[Math.min(this.#tries, AGAIN.length - 1)] ?? 5_000)
    this.#tries += 1
    if (this.#wanted) this.#world.timeline.after(wait, () => this.#connect())
  }

  #welcome(frame: { epoch: string; seq: number; resumed: boolean; snapshot?: Event[] | undefined }): void {
    this.#tries = 0
    if (frame.resumed) {
      if (frame.epoch !== this.#epoch) this.#wrong('resumed in another epoch')
      this.replica.expect(frame.seq)
    } else {
      for (const event of frame.snapshot ?? []) this.#eventShape(event)
      const wrong = this.replica.replace(frame.seq, frame.snapshot ?? [])
      if (wrong !== null) this.#wrong(wrong)
    }
    this.#epoch = frame.epoch
    this.#ready = true
    for (const command of this.#pending.values()) this.#send(command)
    this.#listener.greeted?.()
  }

  #event(event: Event): void {
    this.#eventShape(event)
    const wrong = this.replica.take(event)
    if (wrong !== null) return this.#wrong(wrong)
    this.#listener.event?.(event)
  }

  #eventShape(event: Event): void {
    if (event.name !== 'del') this.#shape(this.shapes.event, event.body)
  }

  /** A schema drops what it does not know: what is left must be all there was. */
  #shape(schema: z.ZodMiniType, body: unknown): void {
    const parsed = schema.safeParse(body)
    if (parsed.success && isDeepStrictEqual(parsed.data, body)) return
    const rule = this.principal.kind === 'customer' ? 'CV3' : 'WS'
    this.#world.fail(rule, `${this.principal.kind} at ${this.actor} was sent ${JSON.stringify(body)}`)
  }

  #caughtUp(): void {
    const wrong = this.replica.missing()
    if (wrong !== null) this.#wrong(wrong)
  }

  #answer(id: string, heard: Heard): void {
    const text = JSON.stringify(heard)
    const before = this.#answers.get(id)
    if (heard.ok) {
      if (before !== undefined && before !== text) this.#wrong(`command ${id} was answered ${before}, then ${text}`)
      this.#answers.set(id, text)
    } else if (before !== undefined) this.#wrong(`command ${id} was answered ${before}, then refused: ${heard.code}`)
    const command = this.#pending.get(id)
    if (command === undefined) return
    this.#pending.delete(id)
    this.#listener.answered?.(command, heard)
  }

  #send(command: Command): void {
    if (!this.#ready) return
    this.#said += 1
    this.#socket?.up(JSON.stringify({ t: 'cmd', ...command }))
    // A link that breaks sends all of it again once it stands.
    const socket = this.#socket
    this.#world.timeline.after(REPEAT, () => {
      if (this.#socket === socket && this.#pending.get(command.id) === command) this.#send(command)
    })
  }

  #wrong(message: string): void {
    const who = this.principal.kind === 'customer' ? 'customer' : this.principal.id
    this.#world.fail('WS', `${who} at ${this.actor}: ${message}`)
  }
}

function emptyReplica(shapes: Shapes): Replica {
  return new Replica(shapes === customerTalk || shapes === staffTalk ? 'entries' : 'board')
}
