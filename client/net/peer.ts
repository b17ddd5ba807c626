/** One actor as a screen sees it: its stream, its view, the state of the link, and the commands on their way. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { ClientFrame, Position, ServerFrame } from '../../core/protocol/frames.ts'
import type { Around, TicketSource } from './around.ts'
import type { Kept } from './kept.ts'
import { Link, type LinkState } from './link.ts'
import { MarkSender } from './marks.ts'
import { type CommandOptions, type Item, Outbox, type Outcome } from './outbox.ts'
import { begin, type Folder, fold } from './stream.ts'
import { TypingSender } from './typing.ts'

export interface PeerOptions<T> {
  readonly around: Around
  /** `conversation/01J…` */
  readonly path: string
  readonly ticket: TicketSource
  readonly folder: Folder<T>
  /** Where words wait for an answer over a reload. */
  readonly kept?: Kept
  /** Whether the writer of a command is asked before it goes. */
  readonly asks?: (item: Item) => boolean
  /** Command ids whose entries are in the stream. */
  readonly confirmed?: (value: T) => ReadonlySet<string>
  readonly view?: (body: unknown) => void
  readonly typing?: (body: unknown) => void
  /** Who looks at it. */
  readonly here?: (body: unknown) => void
  /** The actor knows us, anew after each reconnect. */
  readonly ready?: () => void
}

export class Peer<T> {
  readonly value: ReadonlySignal<T>
  readonly link: ReadonlySignal<LinkState>
  /** The link is live, but does not answer as it should. */
  readonly slow: ReadonlySignal<boolean>
  /** Events that the actor had when the link came back, and that are not here yet. */
  readonly behind: ReadonlySignal<number>
  /** The close code, once the link has stopped. */
  readonly code: ReadonlySignal<number>
  readonly items: ReadonlySignal<readonly Item[]>
  /** The server's clock minus ours, in ms. */
  readonly skew: ReadonlySignal<number>
  readonly marks: MarkSender
  readonly typing: TypingSender
  readonly #options: PeerOptions<T>
  readonly #value
  readonly #state = signal<LinkState>('connecting')
  readonly #slow = signal(false)
  readonly #behind = signal(0)
  readonly #code = signal(0)
  readonly #items = signal<readonly Item[]>([])
  readonly #skew = signal(0)
  #head = 0
  readonly #link: Link
  readonly #outbox: Outbox
  readonly #unadopt: (() => void) | undefined
  #stream

  constructor(options: PeerOptions<T>) {
    this.#options = options
    const { around, folder } = options
    this.#stream = begin(folder)
    this.#value = signal(this.#stream.value)
    this.value = this.#value
    this.link = this.#state
    this.slow = this.#slow
    this.behind = this.#behind
    this.code = this.#code
    this.items = this.#items
    this.skew = this.#skew
    this.marks = new MarkSender(around.clock, (frame) => this.#link.send(frame))
    this.typing = new TypingSender(around.clock, (frame) => this.#link.send(frame))
    this.#outbox = new Outbox({
      clock: around.clock,
      send: (frame) => this.#link.send(frame),
      save: (items) => options.kept?.save(items),
      changed: (items) => {
        this.#items.value = items
      },
      ...(options.asks ? { asks: options.asks } : {}),
    })
    this.#link = this.#open()
    this.#unadopt = options.kept?.adopt((items) => this.#outbox.adopt(items))
  }

  command(name: string, body: unknown, options: CommandOptions = {}): Promise<Outcome> {
    return this.#outbox.command(name, body, options)
  }

  /** Says something that is never answered; lost while there is no link. */
  send(frame: ClientFrame): void {
    this.#link.send(frame)
  }

  retry(id: string, body?: unknown): void {
    this.#outbox.retry(id, body)
  }

  /** Lets a command go about which its writer was asked. */
  agree(id: string): void {
    this.#outbox.agree(id)
  }

  /** Takes over words that were written elsewhere, under their old ids. */
  adopt(items: readonly Item[]): void {
    this.#outbox.adopt(items)
  }

  /** Takes a pending command back, to drop it or to send it elsewhere. */
  remove(id: string): void {
    this.#outbox.remove(id)
  }

  /** Changes the value from outside the stream: older entries that were asked for. */
  update(change: (value: T) => T): void {
    this.#stream = { ...this.#stream, value: change(this.#stream.value) }
    this.#value.value = this.#stream.value
  }

  /** The last event that is in the value; null before the actor has spoken. */
  get position(): Position | null {
    return this.#stream.position
  }

  /** Begins with what was kept of it, unless the actor has spoken already; with a position, it goes on from there. */
  begin(value: T, position: Position | null): void {
    if (this.#stream.position !== null) return
    this.#stream = { value, position }
    this.#value.value = value
  }

  end(): void {
    this.#unadopt?.()
    this.#link.end()
    this.#outbox.lost()
    this.marks.lost()
  }

  #open(): Link {
    const { around, path, ticket } = this.#options
    return new Link(around, path, ticket, {
      position: () => this.#stream.position,
      frame: (frame) => this.#take(frame),
      ready: () => {
        this.#outbox.opened()
        this.marks.opened()
        this.#options.ready?.()
      },
      lost: () => {
        this.#outbox.lost()
        this.marks.lost()
      },
      state: (state, code) => {
        this.#code.value = code
        this.#state.value = state
        this.#slow.value = false
      },
      slow: (is) => {
        this.#slow.value = is
      },
    })
  }

  #take(frame: ServerFrame): void {
    if (frame.t === 'welcome') this.#skew.value = frame.now - this.#options.around.clock.now()
    if (frame.t === 'view') this.#options.view?.(frame.body)
    if (frame.t === 'eph') this.#options[frame.name]?.(frame.body)
    if (frame.t === 'error' && frame.error.retry === true) this.#outbox.held()
    const { stream, gap } = fold(this.#options.folder, this.#stream, frame)
    this.#stream = stream
    this.#value.value = stream.value
    if (frame.t === 'welcome') this.#head = frame.seq
    this.#behind.value = Math.max(0, this.#head - (stream.position?.seq ?? this.#head))
    // After the fold, so that an entry and its answer in either order leave nothing behind.
    if (frame.t === 'reply' || frame.t === 'refused') this.#outbox.take(frame)
    if (this.#options.confirmed && this.#outbox.items.length > 0)
      this.#outbox.confirm(this.#options.confirmed(stream.value))
    if (gap) this.#link.again()
  }
}
