/** A conversation at the console: beside what both sides have, who of the colleagues is there, and what one has begun to write. */
import { computed, signal } from '@preact/signals'
import { type Here, Here as HereShape, type Writing } from '../../core/protocol/colleagues.ts'
import { StaffEntry, StaffView } from '../../core/protocol/conversation.ts'
import type { Outcome } from '../net/outbox.ts'
import { Talk, type TalkOptions } from '../ui/talk.ts'
import { leftForStaff } from './removal.ts'

type People = Here['people']
type StaffTalkOptions = Omit<TalkOptions<StaffEntry, StaffView>, 'entry' | 'view' | 'before' | 'pub' | 'cookie'>

/** Who has pressed no key for this long writes no more, in ms. */
const IDLE = 4_000
/** How long the typing rests before the draft is kept, in ms. */
const REST = 1_000

export class StaffTalk extends Talk<StaffEntry, StaffView> {
  /** Who has it on the screen, ourselves included; nobody while that is not known. */
  readonly people = computed<People>(() =>
    this.peer.link.value === 'live' || this.peer.link.value === 'polling' ? this.#told.value : [],
  )
  readonly #told = signal<People>([])
  readonly #clock
  #looks = false
  #writing: Writing | null = null
  #cancelIdle: (() => void) | null = null
  readonly #drafts: Record<Writing, Drafting> = { post: resting, note: resting }

  constructor(options: StaffTalkOptions) {
    super({
      ...options,
      cookie: true,
      entry: StaffEntry,
      view: StaffView,
      before: leftForStaff,
      pub: (entry) => entry.pub,
      here: (body) => this.#onHere(body),
      ready: () => {
        if (this.#looks) this.#tell()
      },
    })
    this.#clock = options.around.clock
  }

  /** Whether it is on the screen. */
  look(on: boolean): void {
    if (this.#looks === on) return
    this.#looks = on
    this.#writing = null
    this.#told.value = []
    this.#tell()
  }

  /** A key was pressed in the composer; the text is the whole draft now. */
  write(kind: Writing, text: string): void {
    this.#cancelIdle?.()
    this.#cancelIdle = this.#clock.after(IDLE, () => this.#write(null))
    this.#write(text.trim() === '' ? null : kind)
    this.#keep(kind, text)
  }

  /** Something was written here, on this page, that the conversation may not have yet. */
  hasWritten(kind: Writing): boolean {
    return this.#drafts[kind].text !== null
  }

  override say(name: Writing, body: unknown, holdFor = 0): Promise<Outcome> {
    this.#write(null)
    // The conversation forgets it with the word itself.
    this.#drafts[name].cancel?.()
    this.#drafts[name] = resting
    return super.say(name, body, holdFor)
  }

  #write(kind: Writing | null): void {
    if (this.#writing === kind) return
    this.#writing = kind
    if (this.#looks) this.#tell()
  }

  #tell(): void {
    this.peer.send({ t: 'here', on: this.#looks, writing: this.#writing })
  }

  #onHere(body: unknown): void {
    const here = HereShape.safeParse(body)
    if (here.success) this.#told.value = here.data.people
  }

  /** Only the newest is worth sending: one is on its way at a time. */
  #keep(kind: Writing, text: string): void {
    const before = this.#drafts[kind]
    before.cancel?.()
    const cancel = before.isUnderWay ? null : this.#clock.after(REST, () => void this.#send(kind))
    this.#drafts[kind] = { text, cancel, isUnderWay: before.isUnderWay }
  }

  async #send(kind: Writing): Promise<void> {
    const { text } = this.#drafts[kind]
    if (text === null) return
    this.#drafts[kind] = { text, cancel: null, isUnderWay: true }
    await this.peer.command('draft', { kind, text })
    const since = this.#drafts[kind]
    this.#drafts[kind] = { ...since, isUnderWay: false }
    if (since.text !== null && since.text !== text) this.#keep(kind, since.text)
  }
}

interface Drafting {
  /** Null: nothing that is not kept. */
  readonly text: string | null
  readonly cancel: (() => void) | null
  readonly isUnderWay: boolean
}
const resting: Drafting = { text: null, cancel: null, isUnderWay: false }
