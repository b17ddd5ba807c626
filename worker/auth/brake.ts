/**
 * The brake on guessing: five tries per account and five per address, then fifteen minutes. A browser that has signed in
 * to the account before is counted by itself, so that nobody can lock the staff out by guessing in their names.
 */
import type { Env } from '../env.ts'
import { addressOf, Counter } from './limits.ts'
import { readDevice } from './tokens.ts'

export class Brake {
  readonly #account: Counter
  readonly #address: Counter | undefined

  private constructor(account: Counter, address: Counter | undefined) {
    this.#account = account
    this.#address = address
  }

  /** `what` is guessed: a password, a code; `account` is an e-mail address. */
  static async on(env: Env, request: Request, what: string, account: string): Promise<Brake> {
    const device = await readDevice(env.PARLEY_SECRET, account, deviceToken(request))
    if (device !== undefined) return new Brake(await Counter.of(env, 'guess', [what, account, device]), undefined)
    const [byAccount, byAddress] = await Promise.all([
      Counter.of(env, 'guess', [what, account]),
      Counter.of(env, 'guess', ['address', addressOf(request)]),
    ])
    return new Brake(byAccount, byAddress)
  }

  /** Counts a try as failed until {@link release} says otherwise; the ms to wait when there were too many, else 0. */
  async apply(): Promise<number> {
    const waits = await Promise.all([this.#account.take(), this.#address?.take() ?? 0])
    return Math.max(...waits)
  }

  /** The try was right. An address gets back this try alone: an account of one's own does not wipe out guesses at others. */
  async release(): Promise<void> {
    await Promise.all([this.#account.giveBack('all'), this.#address?.giveBack('one')])
  }
}

const deviceCookie = '__Host-parley_device'
const deviceLife = 365 * 86_400

/** By this cookie a browser is known to have signed in to an account; it opens nothing. */
export const cookieForDevice = (token: string) =>
  `${deviceCookie}=${token}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=${deviceLife}`

function deviceToken(request: Request): string | undefined {
  const pairs = (request.headers.get('cookie') ?? '').split(/; */)
  return pairs.find((pair) => pair.startsWith(`${deviceCookie}=`))?.slice(deviceCookie.length + 1)
}
