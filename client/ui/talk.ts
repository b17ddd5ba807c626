/** One conversation as a screen shows it, for either side: entries, pending words, the present, typing and marks. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Position } from '../../core/protocol/frames.ts'
import type { Around, TicketSource } from '../net/around.ts'
import type { Kept } from '../net/kept.ts'
import { LaterUploads } from '../net/later-uploads.ts'
import type { Item, Outcome } from '../net/outbox.ts'
import { Peer } from '../net/peer.ts'
import type { Schema } from '../net/schema.ts'
import { History, Typing } from '../net/shapes.ts'
import { logOf, merge } from '../net/stream.ts'
import { TYPING_FOR } from '../net/typing.ts'
import type { UploadPorts } from '../net/upload-ports.ts'

interface AnyEntry {
  readonly seq: number
  readonly id: string
}

export interface TalkOptions<E extends AnyEntry, V> {
  readonly around: Around
  readonly conversation: string
  readonly ticket: TicketSource
  readonly kept?: Kept
  readonly entry: Schema<E>
  readonly view: Schema<V>
  /** What the earlier entries are once this one is known: it may have taken words away. */
  readonly before: (entries: readonly E[], fresh: E) => readonly E[]
  /** The entry's number in the public stream, if it has one. */
  readonly pub: (entry: E) => number | null
  readonly files: Omit<UploadPorts, 'around'>
  readonly here?: (body: unknown) => void
  readonly ready?: () => void
  /** Whether the writer of a command is asked before it goes. */
  readonly asks?: (item: Item) => boolean
  /** Staff are known by their cookie where files are sent. */
  readonly cookie?: boolean
}

export interface Writer {
  readonly role: 'customer' | 'agent'
  /** Customers have none here. */
  readonly name: string
  /** What they have typed so far, where that is shown. */
  readonly text?: string | undefined
}

export class Talk<E extends AnyEntry, V> {
  readonly conversation: string
  readonly peer: Peer<readonly E[]>
  readonly entries: ReadonlySignal<readonly E[]>
  readonly pending: ReadonlySignal<readonly Item[]>
  readonly view = signal<V | null>(null)
  /** Who is writing. */
  readonly typing = signal<Writer | null>(null)
  /** Last number of the public stream that is here. */
  readonly head: ReadonlySignal<number>
  readonly loadingOlder = signal(false)
  readonly uploads: LaterUploads
  readonly #options: TalkOptions<E, V>
  #forget: (() => void) | null = null

  constructor(options: TalkOptions<E, V>) {
    this.#options = options
    this.conversation = options.conversation
    const ports = { around: options.around, ...options.files }
    this.uploads = new LaterUploads(ports, options.conversation, options.cookie ? null : options.ticket)
    this.peer = new Peer({
      around: options.around,
      path: `conversation/${options.conversation}`,
      ticket: options.ticket,
      folder: logOf(options.entry, options.before),
      ...(options.kept ? { kept: options.kept } : {}),
      ...(options.asks ? { asks: options.asks } : {}),
      confirmed: (entries) => new Set(entries.map((entry) => entry.id)),
      view: (body) => this.#onView(body),
      typing: (body) => this.#onTyping(body),
      ...(options.here ? { here: options.here } : {}),
      ...(options.ready ? { ready: options.ready } : {}),
    })
    this.entries = this.peer.value
    this.pending = computed(() => this.peer.items.value.filter((item) => item.words && item.name !== 'introduce'))
    this.head = computed(() => this.entries.value.reduce((most, entry) => Math.max(most, options.pub(entry) ?? 0), 0))
  }

  /** Words of the person: they show at once and survive a reload. For `holdFor` ms they can be taken back. */
  say(name: 'post' | 'note', body: unknown, holdFor = 0): Promise<Outcome> {
    this.peer.typing.stop()
    return this.peer.command(name, body, { words: true, holdFor })
  }

  /** Begins with what was kept of it, unless it is here already. */
  begin(entries: readonly E[], view: V, position: Position): void {
    this.peer.begin(entries, position)
    this.view.value ??= view
  }

  /** It may not be read here any more. */
  forget(): void {
    this.peer.update(() => [])
    this.view.value = null
  }

  /** `seen`: what is on the screen is being looked at. */
  mark(seen: boolean): void {
    this.peer.marks.note(this.head.value, seen ? this.head.value : 0)
  }

  get hasOlder(): boolean {
    return (this.entries.value[0]?.seq ?? 1) > 1
  }

  async loadOlder(): Promise<void> {
    const first = this.entries.value[0]
    if (first === undefined || this.loadingOlder.value) return
    this.loadingOlder.value = true
    await this.load({ before: first.seq })
    this.loadingOlder.value = false
  }

  /** Asks for the entries before one, and tells what came; null: it was refused. */
  async load(page: { readonly before: number; readonly limit?: number }): Promise<readonly E[] | null> {
    const answer = await this.peer.command('history', page, { aside: true })
    const older = answer.ok ? History.safeParse(answer.value) : null
    if (!older?.success) return null
    const known = this.#known(older.data.entries)
    this.peer.update((entries) => merge(entries, known))
    return known
  }

  end(): void {
    this.#forget?.()
    this.uploads.end()
    this.peer.end()
  }

  /** Kinds of entries that are newer than this page are left out. */
  #known(entries: readonly unknown[]): E[] {
    return entries.flatMap((entry) => {
      const parsed = this.#options.entry.safeParse(entry)
      return parsed.success ? [parsed.data] : []
    })
  }

  #onView(body: unknown): void {
    const view = this.#options.view.safeParse(body)
    if (view.success) this.view.value = view.data
  }

  #onTyping(body: unknown): void {
    const typing = Typing.safeParse(body)
    if (!typing.success) return
    this.#forget?.()
    this.#forget = null
    const { on, role, name = '', text = this.typing.peek()?.text } = typing.data
    this.typing.value = on ? { role, name, text } : null
    if (on)
      this.#forget = this.#options.around.clock.after(TYPING_FOR, () => {
        this.typing.value = null
      })
  }
}
