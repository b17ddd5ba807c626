/** A company as its administrator and its shop see it: configuration, the record in D1, the shop's page. */
import { randomUUID } from 'node:crypto'
import type * as z from 'zod/mini'
import { ConversationList, EntryList, PublishedVersion, Session } from '../../../core/protocol/api.ts'
import type { ConfigInput } from '../../../core/protocol/config.ts'
import { startShop } from '../../../scripts/shop.mjs'
import { widgetSecret } from '../../../worker/auth/keys.ts'
import { emailOf, password } from './companies.ts'

export type Recorded = EntryList['items'][number]
type Shop = Awaited<ReturnType<typeof startShop>>

export interface Where {
  readonly origin: string
  readonly secret: string
}

export class Company {
  readonly id: string
  readonly #origin: string
  readonly #secret: string
  readonly #shops: Shop[] = []
  #cookie = ''

  private constructor(id: string, { origin, secret }: Where) {
    this.id = id
    this.#origin = origin
    this.#secret = secret
  }

  /** Signs its administrator in and publishes its configuration. */
  static async open(id: string, where: Where, config: ConfigInput): Promise<Company> {
    const company = new Company(id, where)
    await company.#call('POST', '/api/v1/session', Session, { email: emailOf(id, 'olga'), password })
    await company.configure(config)
    return company
  }

  async configure(config: ConfigInput): Promise<void> {
    await this.#call('PUT', '/api/v1/config', PublishedVersion, config, { 'idempotency-key': randomUUID() })
  }

  /** The address of the company's web shop, whose page gets the chat from `parleyOrigin`. */
  async openShop(parleyOrigin = this.#origin): Promise<string> {
    const secret = await widgetSecret(this.#secret, this.id)
    const shop = await startShop({ port: 0, parleyOrigin, organisation: this.id, secret, log: console.error })
    this.#shops.push(shop)
    return shop.url
  }

  async close(): Promise<void> {
    await Promise.all(this.#shops.map((shop) => shop.stop()))
  }

  async conversations(): Promise<ConversationList['items']> {
    return (await this.#call('GET', '/api/v1/conversations?limit=200', ConversationList)).items
  }

  /** All recorded entries of a conversation, page by page. */
  async entries(conversation: string): Promise<readonly Recorded[]> {
    const all: Recorded[] = []
    for (let after: string | null = '0'; after !== null; ) {
      const page: EntryList = await this.#call(
        'GET',
        `/api/v1/conversations/${conversation}/entries?limit=200&after=${after}`,
        EntryList,
      )
      all.push(...page.items)
      after = page.next
    }
    return all
  }

  async #call<S extends z.ZodMiniType>(
    method: string,
    path: string,
    answers: S,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<z.output<S>> {
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      headers: { origin: this.#origin, cookie: this.#cookie, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (cookie !== undefined) this.#cookie = cookie
    return answers.parse(await response.json())
  }
}
