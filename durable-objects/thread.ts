/** The shell of the Thread actor: finds or makes the current conversation of a customer. */
import { pinChat } from '../core/book/model.ts'
import { isOpen, nextOpening } from '../core/calendar/hours.ts'
import { address, type ConversationId, type OrgId } from '../core/ids.ts'
import type { Customer, NewestChat, ThreadRpc } from '../core/protocol/actors.ts'
import type { ClosedNow } from '../core/protocol/api/chat.ts'
import type { Pinned } from '../core/protocol/book-messages.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { openThread, type ThreadState, threadModel } from '../core/thread/model.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

/** How long an isolate trusts what Book said last, in ms. */
const BOOK_CACHE = 5_000
/** Of how many organisations it remembers what a new chat needs: never the whole configuration. */
const KEPT = 200
const cache = new Map<OrgId, { at: number; mark: string; pinned: Pinned }>()

export class Thread extends ActorObject<ThreadState> implements ThreadRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, threadModel)
  }

  async open({
    org,
    customer,
    entrance,
    fresh = false,
  }: {
    org: OrgId
    customer: Customer
    entrance: 'chat'
    fresh?: boolean
  }): Promise<Result<{ conversation: ConversationId; closed?: ClosedNow }>> {
    const pinned = await this.#pinned(org)
    if (!pinned.ok) return pinned
    const opened = this.guarded('open', () =>
      ok(
        this.actor.decide((state, turn) =>
          openThread(state, turn, { customer, pinned: pinned.value, channel: entrance, fresh }),
        ),
      ),
    )
    if (!opened.ok) return opened
    await this.actor.delivered(address(org, 'conversation', opened.value))
    return ok({ conversation: opened.value, ...closedNow(pinned.value, Date.now()) })
  }

  async forget(): Promise<{ conversation: ConversationId | null }> {
    return this.actor.decide(({ thread }) => {
      const conversation = thread.get().current?.conversation ?? null
      if (conversation !== null) thread.set({ current: null })
      return { conversation }
    })
  }

  async #pinned(org: OrgId): Promise<Result<Pinned>> {
    const known = cache.get(org)
    if (known !== undefined && Date.now() - known.at < BOOK_CACHE) return ok(known.pinned)
    const read = await this.#ask(org, known?.mark ?? '')
    if (!read.ok) return refuse('not_ready', 'this organisation has not published a configuration yet', { retry: true })
    const { mark, pinned = known?.pinned ?? null } = read.value
    if (pinned === null) return refuse('not_ready', 'no plan for chats is configured', { retry: true })
    // Who was asked for last comes to the end.
    cache.delete(org)
    cache.set(org, { at: Date.now(), mark, pinned })
    const [oldest] = cache.keys()
    if (cache.size > KEPT && oldest !== undefined) cache.delete(oldest)
    return ok(pinned)
  }

  async #ask(org: OrgId, mark: string): Promise<Result<NewestChat>> {
    const book = () => this.env.BOOK.getByName(address(org, 'book', 'book'))
    try {
      return await book().newestChat(mark)
    } catch {
      // During a deploy Book may still be of the version that does not know this question.
      const read = await book().read()
      return read.ok ? ok({ mark: '', pinned: pinChat(read.value) }) : read
    }
  }
}

/** Until when the entrance takes messages only, or nothing, if it does so now. */
function closedNow({ entrance }: Pinned, now: number): { closed?: ClosedNow } {
  if (entrance === undefined || entrance.outsideHours === 'chat' || isOpen(entrance.hours, now)) return {}
  const takes = entrance.outsideHours === 'closed' ? 'nothing' : 'message'
  return { closed: { until: nextOpening(entrance.hours, now), takes } }
}
