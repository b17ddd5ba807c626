/** The customer's chat: from the session to the conversation, and on to the next one. */
import { effect, signal } from '@preact/signals'
import type { ChatSession, EarlierTalk } from '../../core/protocol/api.ts'
import type * as protocol from '../../core/protocol/conversation.ts'
import { close } from '../../core/protocol/link.ts'
import type { Around, TicketAnswer, TicketSource } from '../net/around.ts'
import { retryDelay } from '../net/backoff.ts'
import { newId } from '../net/ids.ts'
import type { Kept } from '../net/kept.ts'
import { PublicEntry, PublicView } from '../net/shapes.ts'
import type { UploadPorts } from '../net/upload-ports.ts'
import { leftForCustomer } from '../ui/removal.ts'
import { Talk } from '../ui/talk.ts'
import { carried } from './carried.ts'

export type ChatTalk = Talk<protocol.PublicEntry, protocol.PublicView>
export type ChatState = 'idle' | 'starting' | 'unreachable' | 'refused' | 'open'

export class SessionRefused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`session refused: ${status}`)
    this.status = status
  }
}

/** A session is asked for with: an earlier talk to read, a new one though the last can be reopened, or the list of all. */
export type Wish = { readonly conversation?: string; readonly fresh?: true; readonly talks?: true }

export interface ChatPorts {
  readonly around: Around
  /** Throws a {@link SessionRefused} for a no, anything else when it may be asked again. `command` makes a repeat harmless. */
  ask(command: string, more?: Wish): Promise<ChatSession>
  kept(conversation: string): Kept
  files(conversation: string): Omit<UploadPorts, 'around'>
}

const FRESH_FOR = 45_000

export class Chat {
  readonly talk = signal<ChatTalk | null>(null)
  readonly session = signal<ChatSession | null>(null)
  readonly state = signal<ChatState>('idle')
  /** What is looked at in place of the present talk: the list of the earlier ones, or one of them. */
  readonly past = signal<ChatTalk | 'list' | null>(null)
  #ports: ChatPorts
  /** Names the wish for a conversation, so that asking again for lack of an answer makes no second one. */
  #command = newId()
  /** A ticket that came with a session and opened no socket yet. */
  #fresh: { ticket: string; conversation: string; until: number } | null = null
  #unwatch: (() => void) | null = null
  /** Grows when somebody else takes the chat over: what was asked before that does not count. */
  #turn = 0

  constructor(ports: ChatPorts) {
    this.#ports = ports
  }

  /** Before it begins: in other surroundings, as the preview has them. */
  within(ports: ChatPorts): void {
    this.#ports = ports
  }

  async start(): Promise<void> {
    if (this.state.value !== 'idle' && this.state.value !== 'refused') return
    this.state.value = 'starting'
    const mine = ++this.#turn
    for (let attempt = 0; mine === this.#turn; attempt++) {
      try {
        const answer = await this.#ask()
        if (mine === this.#turn) this.#enter(answer)
        return
      } catch (error) {
        if (mine !== this.#turn) return
        if (isRefusal(error)) {
          this.state.value = 'refused'
          return
        }
        if (attempt > 0) this.state.value = 'unreachable'
        await this.#pause(attempt)
      }
    }
  }

  /** Begins again as somebody else: at once if the chat was open, or not until it is asked for. */
  restart(now: boolean): void {
    this.#turn++
    this.#unwatch?.()
    this.look(null)
    this.talk.value?.end()
    this.talk.value = null
    this.session.value = null
    this.#fresh = null
    const was = this.state.value
    this.state.value = 'idle'
    if (was !== 'idle' && now) void this.start()
  }

  /** The earlier talks of whom the page's server vouches for. */
  async talks(): Promise<readonly EarlierTalk[]> {
    return (await this.#ports.ask(newId(), { talks: true })).talks ?? []
  }

  /** At the list, or again at the present talk. */
  look(at: 'list' | null): void {
    if (this.past.value instanceof Talk) this.past.value.end()
    this.past.value = at
  }

  /** Reads an earlier talk again. */
  read(conversation: string): void {
    this.look('list')
    this.past.value = this.#talkOf(conversation, async () => {
      const { ticket } = await this.#ports.ask(newId(), { conversation })
      return { ticket }
    })
  }

  /** Lets the talk that has ended rest, and begins another. */
  async begin(): Promise<void> {
    this.#command = newId()
    const mine = this.#turn
    const answer = await this.#ask({ fresh: true })
    if (mine === this.#turn) this.#enter(answer)
  }

  async #ask(more?: Wish): Promise<ChatSession> {
    const mine = this.#turn
    const answer = await this.#ports.ask(this.#command, more)
    const { ticket, conversation } = answer
    if (mine === this.#turn) this.#fresh = { ticket, conversation, until: this.#ports.around.clock.now() + FRESH_FOR }
    return answer
  }

  #pause(attempt: number): Promise<void> {
    const { clock } = this.#ports.around
    return new Promise((resolve) => void clock.after(retryDelay(attempt, 0, clock.random), resolve))
  }

  #enter(next: ChatSession): void {
    const before = this.talk.value
    const isSamePerson = isSame(this.session.value, next)
    this.session.value = next
    this.state.value = 'open'
    if (before?.conversation === next.conversation) return
    this.#unwatch?.()
    before?.end()
    const { conversation } = next
    const talk = this.#talkOf(conversation, () => this.#ticketFor(conversation))
    if (before && isSamePerson) carry(before, talk)
    this.talk.value = talk
    this.#unwatch = this.#follow(talk)
  }

  #talkOf(conversation: string, ticket: TicketSource): ChatTalk {
    const { around, kept, files } = this.#ports
    return new Talk({
      around,
      conversation,
      ticket,
      kept: kept(conversation),
      files: files(conversation),
      entry: PublicEntry,
      view: PublicView,
      before: leftForCustomer,
      pub: (entry) => entry.seq,
    })
  }

  async #ticketFor(conversation: string): Promise<TicketAnswer> {
    const held = this.#fresh
    const mine = this.#turn
    this.#fresh = null
    if (held?.conversation === conversation && held.until > this.#ports.around.clock.now())
      return { ticket: held.ticket }
    try {
      const answer = await this.#ask()
      // Somebody else has taken over: this link has ended.
      if (mine !== this.#turn) return { stop: close.normal }
      if (answer.conversation === conversation) {
        this.#fresh = null
        this.session.value = answer
        return { ticket: answer.ticket }
      }
      // The talk has moved on while we were away. Let the old link end first.
      queueMicrotask(() => {
        if (mine === this.#turn && this.talk.value?.conversation === conversation) this.#enter(answer)
      })
      return { stop: close.normal }
    } catch (error) {
      // The shop's word may be good again next time.
      if (!isRefusal(error) || error.status === 401) throw error
      return { stop: close.forbidden }
    }
  }

  /** Moves over when the conversation names its successor, or refuses words because it is closed for good. */
  #follow(current: ChatTalk): () => void {
    const tried = new Set<string>()
    return effect(() => {
      const next = current.view.value?.next ?? null
      const shut = current.pending.value.find(
        (item) => item.state === 'failed' && item.refusal?.code === 'closed' && !tried.has(item.id),
      )
      if (isResolving(current)) return
      if (next !== null && !tried.has(next)) {
        tried.add(next)
        void this.#moveOn(current)
      } else if (shut) {
        tried.add(shut.id)
        this.#command = newId()
        void this.#moveOn(current)
      }
    })
  }

  async #moveOn(from: ChatTalk): Promise<void> {
    for (let attempt = 0; this.talk.value === from; attempt++) {
      try {
        const answer = await this.#ask()
        await resolved(from)
        if (this.talk.value === from) this.#enter(answer)
        return
      } catch (error) {
        if (isRefusal(error)) return
        await this.#pause(attempt)
      }
    }
  }
}

/** A refusal that asking again would not change. */
const isRefusal = (error: unknown): error is SessionRefused =>
  error instanceof SessionRefused && error.status < 500 && error.status !== 429 && error.status !== 408

const isSame = (one: ChatSession | null, other: ChatSession) =>
  one?.customer.verified === other.customer.verified &&
  // A visitor may have got a name meanwhile.
  (!other.customer.verified || one.customer.name === other.customer.name)

/** While its link stands, the old conversation itself says of each word whether it was taken. */
function isResolving({ peer, pending }: ChatTalk): boolean {
  const link = peer.link.value
  return (link === 'live' || link === 'polling') && pending.value.some((item) => item.state === 'waiting')
}

function resolved(talk: ChatTalk): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (!isResolving(talk))
        queueMicrotask(() => {
          stop()
          resolve()
        })
    })
  })
}

/** Under their old ids, so that they stay the same words, however often this happens. */
function carry(from: ChatTalk, to: ChatTalk): void {
  const left = from.peer.items.value.filter((item) => item.words)
  to.peer.adopt(left.flatMap(carried))
  for (const { id } of left) from.peer.remove(id)
}
