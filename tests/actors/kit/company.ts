/** A company in workerd: its configuration published, and its people on real sockets. */
import { floorOf } from '../../../core/floor/watched.ts'
import {
  type ActorName,
  type AgentId,
  address,
  asId,
  type ConversationId,
  type CustomerId,
  type OrgId,
  type QueueId,
} from '../../../core/ids.ts'
import { ItemRow } from '../../../core/protocol/agent.ts'
import type { ConfigInput } from '../../../core/protocol/config.ts'
import type { CustomerPrincipal, Principal, StaffPrincipal } from '../../../core/protocol/principal.ts'
import { signTicket } from '../../../worker/auth/tokens.ts'
import { fetchApi, origin } from '../contract.ts'
import { env } from '../env.ts'
import { Line } from './line.ts'

export const simple: ConfigInput = {
  organisation: 'Acme',
  queues: { sales: { name: 'Sales' } },
  plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
  entrances: { chat: 'chat' },
  agents: { ada: { name: 'Ada', queues: [{ queue: 'sales' }] } },
}

export class Company {
  readonly org: OrgId

  private constructor(org: string) {
    this.org = asId<OrgId>(org)
  }

  static async found(org: string, config: ConfigInput = simple): Promise<Company> {
    const company = new Company(org)
    await company.publish(config, 'the-first-version')
    return company
  }

  async publish(config: ConfigInput, key: string): Promise<void> {
    const published = await this.book.publish({ id: key, by: 'olga', config })
    if (!published.ok) throw new Error(`${published.error.field}: ${published.error.message}`)
  }

  get book() {
    return env.BOOK.getByName(address(this.org, 'book', 'book'))
  }

  conversation(id: string) {
    return env.CONVERSATION.getByName(address(this.org, 'conversation', asId<ConversationId>(id)))
  }

  agent(id: string) {
    return env.AGENT.getByName(address(this.org, 'agent', asId<AgentId>(id)))
  }

  queue(id: string) {
    return env.QUEUE.getByName(address(this.org, 'queue', asId<QueueId>(id)))
  }

  thread(customer: string) {
    return env.THREAD.getByName(address(this.org, 'thread', asId(`chat:${customer}`)))
  }

  /** What the chat's entrance does: the customer's current conversation. */
  async enter(customer: string): Promise<string> {
    const who = { id: asId<CustomerId>(customer), name: customer, verified: false }
    const opened = await this.thread(customer).open({ org: this.org, customer: who, entrance: 'chat' })
    if (!opened.ok) throw new Error(opened.error.message)
    return opened.value.conversation
  }

  customerOf(conversation: string, customer: string): CustomerPrincipal {
    return { kind: 'customer', org: this.org, customer, conversation }
  }

  staff(id: string, role: StaffPrincipal['role'] = 'agent'): StaffPrincipal {
    return { kind: 'staff', org: this.org, id, name: `The account of ${id}`, role }
  }

  /** A socket by way of the edge, with a fresh ticket; nothing said yet. */
  async connect(kind: Connectable, id: string, principal: Principal): Promise<Line> {
    const actor = nameOf(this.org, kind, id)
    return dial(`/connect/${kind}/${id}`, `parley.v1, ticket.${await signTicket(env.PARLEY_SECRET, actor, principal)}`)
  }

  /** A customer with the widget open. */
  async visitor(customer: string) {
    const conversation = await this.enter(customer)
    const line = await this.connect('conversation', conversation, this.customerOf(conversation, customer))
    await line.hello()
    return { conversation, line }
  }

  /** An agent with the console open, ready for work. */
  async console(id: string): Promise<Console> {
    const line = await this.connect('agent', id, this.staff(id))
    await line.hello()
    await line.command('presence', { presence: 'available' })
    return new Console(this, id, line)
  }
}

export class Console {
  readonly company: Company
  readonly id: string
  line: Line

  constructor(company: Company, id: string, line: Line) {
    this.company = company
    this.id = id
    this.line = line
  }

  /** Waits until this conversation shows in this state; its newest row. */
  item(conversation: string, state: ItemRow['state']): Promise<ItemRow> {
    return this.line.until(() => {
      const row = this.rows().get(`item/${conversation}`)
      return row?.state === state ? row : undefined
    })
  }

  /** The work on this console's board, by key. */
  rows(): Map<string, ItemRow> {
    const rows = new Map<string, ItemRow>()
    for (const { name, body } of this.line.events) {
      const key = String(Object(body).key)
      if (name === 'del') rows.delete(key)
      else if (key.startsWith('item/')) rows.set(key, ItemRow.parse(body))
    }
    return rows
  }

  /** Waits until nothing of this conversation is on the board. */
  async without(conversation: string): Promise<void> {
    await this.line.until(() => (this.rows().has(`item/${conversation}`) ? undefined : true))
  }

  /** Waits for the ring and accepts. The lease. */
  async accept(conversation: string): Promise<number> {
    const { lease } = await this.item(conversation, 'ringing')
    const answer = await this.line.command('accept', { conversation, lease })
    if (answer.t === 'refused') throw new Error(`not to be accepted: ${JSON.stringify(answer)}`)
    await this.item(conversation, 'owned')
    return lease
  }

  /** A socket to a conversation, greeted. */
  async look(conversation: string): Promise<Line> {
    const line = await this.company.connect('conversation', conversation, this.company.staff(this.id))
    await line.hello()
    return line
  }
}

type Connectable = 'conversation' | 'agent' | 'queue' | 'floor'

export function nameOf(org: OrgId, kind: Connectable, id: string): ActorName {
  if (kind === 'floor') return floorOf(org)
  if (kind === 'conversation') return address(org, kind, asId<ConversationId>(id))
  return kind === 'agent' ? address(org, kind, asId<AgentId>(id)) : address(org, kind, asId<QueueId>(id))
}

/** Opens a socket at an address of the edge, offering these subprotocols; a browser says from which page. */
export async function dial(path: string, protocols: string | null, page?: string): Promise<Line> {
  const headers = new Headers({ upgrade: 'websocket', ...(page === undefined ? {} : { origin: page }) })
  if (protocols !== null) headers.set('sec-websocket-protocol', protocols)
  const response = await fetchApi(new Request(`${origin}${path}`, { headers }))
  if (response.webSocket === null) throw new Error(`no socket: ${response.status}`)
  return new Line(response.webSocket)
}
