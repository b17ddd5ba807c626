/** Parley as its users see it: an organisation with queues, agents at their consoles, and customers. */
import { type ActorName, type AgentId, address, asId, type ConversationId, type OrgId } from '../core/ids.ts'
import { ItemRow } from '../core/protocol/agent.ts'
import type { Pinned } from '../core/protocol/book-messages.ts'
import type { ConfigInput } from '../core/protocol/config.ts'
import type { Event } from '../core/protocol/frames.ts'
import type { Start } from '../core/protocol/messages.ts'
import type { Principal } from '../core/protocol/principal.ts'
import { ulid } from '../core/ulid.ts'
import { signTicket } from '../worker/auth/tokens.ts'
import { Client, eachOf } from './client.ts'
import type { Counts, Publish, Published, Starts } from './doors.ts'
import type { Room } from './messages.ts'
import { secret } from './runtime.ts'

export interface Shape {
  readonly queues: number
  readonly agents: number
  /** Chats at once, for each agent. */
  readonly capacity: number
  /** Queues in which a contact waits at once, and queues that an agent serves; absent: one, and two. */
  readonly mirrors?: number
  readonly serves?: number
}

/** A contact that began to exist; nobody has written yet. */
export interface Contact {
  readonly id: ConversationId
  readonly customer: string
}

/** Sockets that are opened at a time. */
export const opening = 32

export class Desk {
  readonly url: string
  readonly org: OrgId
  readonly #pinned: readonly Pinned[]
  readonly #consoles: Client[] = []
  /** By conversation: who waits for it to ring. */
  readonly #ringing = new Map<string, (row: ItemRow, agent: AgentId) => void>()

  private constructor(url: string, org: OrgId, pinned: readonly Pinned[]) {
    this.url = url
    this.org = org
    this.#pinned = pinned
  }

  /** Publishes a configuration: agents serve queues that follow each other, and with each queue begins a plan. */
  static async open(url: string, { queues, agents, capacity, mirrors = 1, serves = 2 }: Shape): Promise<Desk> {
    const org = asId<OrgId>(`bench${Date.now()}`)
    const queue = (n: number) => `q${n % queues}`
    const from = (n: number, count: number) =>
      [...new Set(Array.from({ length: count }, (_, i) => queue(n + i)))].map((id) => ({ queue: id, level: 1 }))
    const places = (n: number) => from(n, mirrors).map(({ queue }) => ({ queue }))
    const config: ConfigInput = {
      organisation: 'Bench',
      queues: named(queues, (n) => [queue(n), { name: `Queue ${n}` }]),
      plans: named(queues, (n) => [queue(n), { name: `Plan ${n}`, steps: [{ after: 0, queues: places(n) }] }]),
      entrances: { chat: queue(0) },
      agents: named(agents, (n) => [
        `a${n}`,
        { name: `Agent ${n}`, queues: from(n, serves), capacity: { chat: capacity } },
      ]),
    }
    const asked: Publish = { org, config }
    const published: { ok: true; value: Published } | { ok: false } = await ask(url, 'publish', asked)
    if (!published.ok) throw new Error(`the configuration was refused: ${JSON.stringify(published)}`)
    const { version, config: whole } = published.value
    const queueNames = Object.fromEntries(Object.entries(whole.queues).map(([id, { name }]) => [id, name]))
    const pinned = Object.entries(whole.plans).map(([id, plan]) => ({
      version,
      planId: asId<Pinned['planId']>(id),
      plan,
      queueNames,
      timings: whole.timings,
    }))
    const desk = new Desk(url, org, pinned)
    for (let n = 0; n < agents; n += 1) await desk.#seat(asId(`a${n}`))
    return desk
  }

  /** Contacts that exist and wait for their first word, one queue each, in turn. */
  async contacts(count: number): Promise<Contact[]> {
    const contacts = Array.from({ length: count }, () => {
      const id = asId<ConversationId>(ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))))
      return { id, customer: `c_${id}` }
    })
    const starts = contacts.map((contact, i) => ({
      name: address(this.org, 'conversation', contact.id),
      message: this.#start(contact, i),
    }))
    const body: Starts = { starts }
    await ask(this.url, 'start', body)
    return contacts
  }

  customer({ id, customer }: Contact): Promise<Client> {
    return this.#connect('conversation', id, { kind: 'customer', org: this.org, customer, conversation: id })
  }

  /** An agent's window on a conversation. */
  watcher({ id }: Contact, agent: AgentId): Promise<Client> {
    return this.#connect('conversation', id, this.#staff(agent))
  }

  supervisor({ id }: Contact, who = 'boss'): Promise<Client> {
    return this.#connect('conversation', id, this.#boss(who))
  }

  /** With which code a supervisor's socket is closed. */
  async refusal({ id }: Contact, who: string): Promise<number> {
    const ticket = await signTicket(secret, this.#name('conversation', id), this.#boss(who))
    return Client.refused(`${this.url}/connect/conversation/${id}`, ticket)
  }

  /** Resolves when the contact rings at some console, at that instant; the agent takes it in the same breath. */
  rings({ id }: Contact): Promise<{ at: number; agent: AgentId; lease: number }> {
    return new Promise((done) => {
      this.#ringing.set(id, ({ lease }, agent) => done({ at: performance.now(), agent, lease }))
    })
  }

  /** Conversations that agents have taken: the customer on one side, the agent's window on the other. */
  async rooms(count: number): Promise<Room[]> {
    const contacts = await this.contacts(count)
    return eachOf(contacts, opening, async (contact) => {
      const customer = await this.customer(contact)
      const ringing = this.rings(contact)
      await customer.command('post', { text: 'Hello?' })
      const { agent, lease } = await ringing
      return { customer, agent: await this.watcher(contact, agent), lease }
    })
  }

  /** The customers leave, which ends the talks at their agents' consoles, and everybody hangs up. */
  async end(rooms: readonly Room[]): Promise<void> {
    await eachOf(rooms, opening, async ({ customer, agent }) => {
      await customer.command('leave', {})
      customer.close()
      agent.close()
    })
  }

  async countAnew(): Promise<void> {
    await ask(this.url, 'count', {})
  }

  async counts(): Promise<Counts> {
    return (await fetch(`${this.url}/bench/count`)).json()
  }

  close(): void {
    for (const console of this.#consoles) console.close()
  }

  /** An agent at a console: available, and taking whatever rings. */
  async #seat(agent: AgentId): Promise<void> {
    const accepted = new Set<string>()
    const take = ({ name, body }: Event) => {
      const row = name === 'put' ? ItemRow.safeParse(body) : undefined
      if (row?.success !== true || row.data.state !== 'ringing') return
      const { conversation, lease } = row.data
      if (accepted.has(`${conversation} ${lease}`)) return
      accepted.add(`${conversation} ${lease}`)
      this.#ringing.get(conversation)?.(row.data, agent)
      this.#ringing.delete(conversation)
      client.send(crypto.randomUUID(), 'accept', { conversation, lease }, () => {})
    }
    const client: Client = await this.#connect('agent', agent, this.#staff(agent), take)
    client.live()
    await client.command('presence', { presence: 'available' })
    this.#consoles.push(client)
  }

  #staff(agent: AgentId): Extract<Principal, { kind: 'staff' }> {
    return { kind: 'staff', org: this.org, id: agent, name: `Agent ${agent}`, role: 'agent' }
  }

  #boss(who: string): Principal {
    return { ...this.#staff(asId(who)), role: 'supervisor' }
  }

  async #connect(
    kind: 'agent' | 'conversation',
    id: AgentId | ConversationId,
    principal: Principal,
    onEvent?: (event: Event) => void,
  ) {
    const ticket = await signTicket(secret, this.#name(kind, id), principal, { lifetime: 600 })
    return Client.open(`${this.url}/connect/${kind}/${id}`, { ticket, ...(onEvent === undefined ? {} : { onEvent }) })
  }

  #name(kind: 'agent' | 'conversation', id: string): ActorName {
    return kind === 'agent' ? address(this.org, kind, asId(id)) : address(this.org, kind, asId(id))
  }

  #start({ id, customer }: Contact, i: number): Start {
    const pinned = this.#pinned[i % this.#pinned.length]
    if (pinned === undefined) throw new Error('no plan')
    const thread = address(this.org, 'thread', asId(`chat:${id}`))
    return {
      type: 'start',
      org: this.org,
      thread,
      channel: 'chat',
      medium: 'chat',
      customer: { id: asId(customer), name: 'Visitor', verified: false },
      pinned,
    }
  }
}

function named<V>(count: number, of: (n: number) => [string, V]): Record<string, V> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => of(n)))
}

async function ask<A>(url: string, door: string, body: object): Promise<A> {
  const answer = await fetch(`${url}/bench/${door}`, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`/bench/${door} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}
