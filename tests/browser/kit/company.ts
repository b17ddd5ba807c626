/** A company: its configuration, its administrator's view, and the pages of its web shop. */
import type { ConfigInput } from '../../../core/protocol/config.ts'
import { startShop } from '../../../scripts/shop.mjs'
import { widgetSecret } from '../../../worker/auth/keys.ts'
import { Staff } from './staff.ts'

type Shop = Awaited<ReturnType<typeof startShop>>

export interface Where {
  readonly origin: string
  readonly secret: string
}

export class Company {
  readonly id: string
  readonly administrator: Staff
  readonly #where: Where
  readonly #shops: Shop[] = []

  private constructor(id: string, where: Where, administrator: Staff) {
    this.id = id
    this.#where = where
    this.administrator = administrator
  }

  /** Its administrator signs in and publishes the configuration. */
  static async open(id: string, where: Where, config: ConfigInput): Promise<Company> {
    const administrator = await Staff.signIn(where.origin, id, 'olga')
    await administrator.configure(config)
    return new Company(id, where, administrator)
  }

  /** Where its pages and its API are. */
  get origin(): string {
    return this.#where.origin
  }

  /** The address of its shop, whose page gets the chat from `parleyOrigin`. */
  async openShop(parleyOrigin = this.#where.origin): Promise<string> {
    const secret = await widgetSecret(this.#where.secret, this.id)
    const shop = await startShop({ port: 0, parleyOrigin, organisation: this.id, secret, log: console.error })
    this.#shops.push(shop)
    return shop.url
  }

  async close(): Promise<void> {
    await Promise.all(this.#shops.map((shop) => shop.stop()))
  }
}
