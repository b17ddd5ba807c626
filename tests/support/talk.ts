/** A real Conversation, with its customer, its queues and its agents played by the test. */
import type * as z from 'zod/mini'
import { conversationModel } from '../../core/conversation/model.ts'
import type { ConversationState } from '../../core/conversation/state.ts'
import { type AgentId, address, asId, type CustomerId, type PlanId } from '../../core/ids.ts'
import type { Customer } from '../../core/protocol/actors.ts'
import type { Pinned } from '../../core/protocol/book-messages.ts'
import { Timings } from '../../core/protocol/config.ts'
import type { PublicView, StaffView } from '../../core/protocol/conversation.ts'
import type { Message, Start, Wait } from '../../core/protocol/messages.ts'
import { Plan } from '../../core/protocol/plan.ts'
import type { CustomerPrincipal } from '../../core/protocol/principal.ts'
import type { Result } from '../../core/result.ts'
import { agent, conversation, type FakeSocket, Harness, org, queue, staff } from './harness.ts'

export const self = conversation('c1')
export const customer: CustomerPrincipal = { kind: 'customer', org, customer: 'mia', conversation: self }
export const thread = address(org, 'thread', asId('chat:abc'))
export const book = address(org, 'book', 'book')
export const agentName = (id: string) => address(org, 'agent', agent(id))
export const queueName = (id: string) => address(org, 'queue', queue(id))

export type PlanInput = z.input<typeof Plan>
const simple: PlanInput = { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] }
const queueNames = { sales: 'Sales', billing: 'Billing', care: 'Care' }

export function pinned(
  plan: PlanInput = simple,
  timings: z.input<typeof Timings> = {},
  more: Partial<Pinned> = {},
): Pinned {
  const planId = asId<PlanId>('chat')
  return { version: 1, planId, plan: Plan.parse(plan), queueNames, timings: Timings.parse(timings), ...more }
}

const mia: Customer = { id: asId<CustomerId>('mia'), name: 'Mia', verified: true }

export function startOf(pin: Pinned, who = mia): Start {
  return { type: 'start', org, thread, channel: 'chat', medium: 'chat', customer: who, pinned: pin }
}

/** What customers call an agent; it shows neither the id nor the name of the account. */
export const nameOf = (id: string) => `${id.charAt(0).toUpperCase()}${id.slice(1).split('-')[0]}`

export class Talk {
  readonly h = new Harness(address(org, 'conversation', self), conversationModel)
  #res = 0

  constructor(plan?: PlanInput, timings?: z.input<typeof Timings>, more?: Partial<Pinned>, who?: Customer) {
    this.h.receive(thread, startOf(pinned(plan, timings, more), who))
  }

  get talk() {
    return this.h.state.talk.get()
  }

  get log() {
    return this.h.state.log.after(0, 10_000)
  }

  /** What was said, in short. */
  get types(): string[] {
    return this.log.map(({ body }) => body.body.type)
  }

  view(audience: 'public'): PublicView
  view(audience: 'staff'): StaffView
  view(audience: 'public' | 'staff') {
    return conversationModel.view?.(this.h.state, audience)
  }

  say(text = 'Hello', id?: string): Result<unknown> {
    if (id === undefined) return this.h.command(customer, 'post', { text })
    return this.h.actor.command(customer, { id, name: 'post', body: { text } })
  }

  /** An agent claims, under the present stay unless told otherwise; its reservation. */
  claim(id: string, more: { via?: string; stay?: number; auto?: boolean; upTo?: number; pulled?: true } = {}): string {
    const { via = 'sales', stay = this.talk.stay, auto = false, ...rest } = more
    const res = `res-${++this.#res}`
    const from = { agent: agent(id), name: nameOf(id) }
    this.from(id, { type: 'claim', ...from, res, stay, via: queue(via), auto, ...rest })
    return res
  }

  accept(id: string, lease = this.talk.lease): void {
    this.from(id, { type: 'accepted', agent: agent(id), name: nameOf(id), lease })
  }

  decline(id: string, by: { lease: number } | { res: string } = { lease: this.talk.lease }): void {
    this.from(id, { type: 'declined', agent: agent(id), by, why: 'declined' })
  }

  lose(id: string, lease = this.talk.lease): void {
    this.from(id, { type: 'lost', agent: agent(id), lease })
  }

  from(id: string, message: Message): void {
    this.h.receive(agentName(id), message)
  }

  /** Written to, claimed and accepted: `id` owns it. The lease. */
  ownedBy(id: string): number {
    if (this.talk.openedAt === null) this.say()
    this.claim(id)
    this.accept(id)
    return this.talk.lease
  }

  /** A command of an agent about its own conversation, under its present lease. */
  asOwner(id: string, name: string, more: object = {}): Result<unknown> {
    return this.h.command(staff(id), name, { lease: this.talk.owner?.lease ?? 1, ...more })
  }

  /** Book has said that these are agents. */
  knows(...ids: string[]): this {
    const known = this.h.state.known.get().pinned
    if (known === null) throw new Error('nothing is pinned')
    for (const id of ids) this.h.receive(book, { type: 'plan', pinned: known, agent: { id, name: nameOf(id) } })
    return this
  }

  connect(): FakeSocket {
    return this.h.connect(customer)
  }

  /** What the queues were told since the last call, in the order it was decided. */
  async waits(): Promise<{ queue: string; wait: Wait }[]> {
    const sent = await this.h.sent()
    const waits = sent.flatMap(({ to, message }) =>
      message.type === 'wait' ? [{ queue: to.split('/')[2] ?? '', wait: message }] : [],
    )
    return waits.sort((a, b) => a.wait.cv - b.wait.cv)
  }
}

export const seqOf = (result: Result<unknown>): unknown => (result.ok ? Object(result.value).seq : result.error.code)
export const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code)
export const asAgent = (id: string): AgentId => asId<AgentId>(id)
export type { ConversationState }
