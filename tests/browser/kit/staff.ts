/** A member of staff who uses the HTTP API: signs in, asks for tickets, reads the record and the talks themselves. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { Invitation, KeyWithSecret } from '../../../core/protocol/administration.ts'
import {
  ConfigVersionList,
  ConversationList,
  EntryList,
  PublishedConfig,
  PublishedVersion,
  Session,
  StuckList,
  Ticket,
} from '../../../core/protocol/api.ts'
import type { Config, ConfigInput } from '../../../core/protocol/config.ts'
import { StaffEntry } from '../../../core/protocol/conversation.ts'
import { heldFetch } from '../../support/held-fetch.ts'
import { emailOf, password } from './companies.ts'

export type Recorded = EntryList['items'][number]

const History = z.object({ value: z.object({ entries: z.array(StaffEntry) }) })

export class Staff {
  readonly #origin: string
  #cookie = ''

  private constructor(origin: string) {
    this.#origin = origin
  }

  static async signIn(origin: string, company: string, who: string): Promise<Staff> {
    const staff = new Staff(origin)
    await staff.#call('POST', '/api/v1/session', Session, { email: emailOf(company, who), password })
    return staff
  }

  async ticket(kind: 'agent' | 'queue' | 'conversation', id: string): Promise<string> {
    return (await this.#call('POST', '/api/v1/tickets', Ticket, { kind, id })).ticket
  }

  async configure(config: ConfigInput): Promise<void> {
    const newest = await this.#call('GET', '/api/v1/config/versions?limit=1', ConfigVersionList)
    const path = `/api/v1/config?base=${newest.items[0]?.version ?? 0}`
    await this.#call('PUT', path, PublishedVersion, config, { 'idempotency-key': randomUUID() })
  }

  /** The newest. */
  async config(): Promise<Config> {
    return (await this.#call('GET', '/api/v1/config', PublishedConfig)).config
  }

  async setSecret(name: string, value: string): Promise<void> {
    const answer = await this.#send('PUT', `/api/v1/secrets/${name}`, { value })
    if (!answer.ok) throw new Error(`the secret was refused: ${answer.status}`)
  }

  /** Signs somebody out everywhere. */
  async endSessions(who: string): Promise<void> {
    const answer = await this.#send('DELETE', `/api/v1/staff/${who}/sessions`)
    if (!answer.ok) throw new Error(`the sessions go on: ${answer.status}`)
  }

  /** The token of a link by which somebody sets a password. */
  async invitation(who: string): Promise<string> {
    return (await this.#call('POST', `/api/v1/staff/${who}/invitation`, Invitation)).token
  }

  async makeKey(name: string): Promise<void> {
    await this.#call('POST', '/api/v1/keys', KeyWithSecret, { name, scopes: ['reports.read'] })
  }

  async conversations(): Promise<ConversationList['items']> {
    return (await this.#call('GET', '/api/v1/conversations?limit=200', ConversationList)).items
  }

  /** All entries of a conversation that D1 has. */
  async recorded(conversation: string): Promise<readonly Recorded[]> {
    const all: Recorded[] = []
    const path = `/api/v1/conversations/${conversation}/entries?limit=200`
    for (let after: string | null = '0'; after !== null; ) {
      const page: EntryList = await this.#call('GET', `${path}&after=${after}`, EntryList)
      all.push(...page.items)
      after = page.next
    }
    return all
  }

  /** All entries after number `after` that the conversation itself has stored. */
  async stored(conversation: string, after = 0): Promise<readonly StaffEntry[]> {
    const all: StaffEntry[] = []
    for (let before = Number.MAX_SAFE_INTEGER; before > after + 1; before = all[0]?.seq ?? 0) {
      const command = { id: randomUUID(), name: 'history', body: { before } }
      const path = `/api/v1/conversations/${conversation}/commands`
      all.unshift(...(await this.#call('POST', path, History, command)).value.entries)
    }
    return all.filter(({ seq }) => seq > after)
  }

  /** What does not get through, from any actor of the company. */
  async stuck(): Promise<StuckList> {
    return this.#call('GET', '/api/ops/stuck', StuckList)
  }

  async #call<S extends z.ZodMiniType>(
    method: string,
    path: string,
    answers: S,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<z.output<S>> {
    const response = await this.#send(method, path, body, headers)
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (cookie !== undefined) this.#cookie = cookie
    return answers.parse(await response.json())
  }

  #send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return heldFetch(`${this.#origin}${path}`, {
      method,
      headers: { origin: this.#origin, cookie: this.#cookie, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    })
  }
}
