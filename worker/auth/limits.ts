/** What may be tried only so often, by Limiter actors: signing in, second factors, opening chats. */
import { type ActorName, address, asId, type LimiterId, type OrgId } from '../../core/ids.ts'
import type { Limit } from '../../core/limiter/model.ts'
import { limiterStub } from '../actors.ts'
import type { Env } from '../env.ts'
import { base64url, deriveKey, hmac, sha256 } from './keys.ts'

const minute = 60_000
export const limits = {
  /** Guesses at a password or a second factor. */
  guess: { tries: 5, window: 15 * minute, pause: 15 * minute },
  /** What a partner's program asks by one key. */
  key: { tries: 600, window: minute, pause: minute },
  /** New visitors of one organisation from one address: a household, an office, a carrier's customers. */
  stranger: { tries: 120, window: minute, pause: minute },
  /** Openings of the chat by one customer who is known: each page of each device, and each return after a lost line. */
  known: { tries: 120, window: minute, pause: minute },
} as const satisfies Record<string, Limit>

/** In whose name it is counted when no organisation is known yet; no organisation has this id. */
const nobody = asId<OrgId>('~')

/** Counts under one key: a keyed hash, so that neither its name nor its storage tells who tried. */
export class Counter {
  readonly #env: Env
  readonly #name: ActorName
  readonly #key: string
  readonly #limit: Limit

  private constructor(env: Env, name: ActorName, key: string, limit: Limit) {
    this.#env = env
    this.#name = name
    this.#key = key
    this.#limit = limit
  }

  /** `parts` say what is counted together. 256 actors share the keys of one organisation. */
  static async of(env: Env, limit: keyof typeof limits, parts: readonly string[], org = nobody): Promise<Counter> {
    const hash = base64url(await hmac(await deriveKey(env.PARLEY_SECRET, 'limits'), JSON.stringify([limit, ...parts])))
    const shard = (await sha256(hash)).slice(0, 2)
    return new Counter(env, address(org, 'limiter', asId<LimiterId>(`${limit}-${shard}`)), hash, limits[limit])
  }

  /** Counts a try before it is made; the ms to wait when there were too many, else 0. */
  take(): Promise<number> {
    return limiterStub(this.#env, this.#name).take(this.#key, this.#limit)
  }

  /** The try was no failure. */
  giveBack(how: 'one' | 'all'): Promise<void> {
    return limiterStub(this.#env, this.#name).giveBack(this.#key, how)
  }
}

/** Where a request comes from, as the platform saw it: what it says of itself in other headers counts for nothing. */
export const addressOf = (request: Request): string => networkOf(request.headers.get('cf-connecting-ip') ?? 'local')

/** An address of IPv6 stands for its first 64 bits: whoever has one has all of these. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const host = URL.parse(`http://[${address}]`)?.hostname.slice(1, -1)
  // What the parser does not take, and IPv4 within IPv6, is counted as it is.
  if (host === undefined || host.startsWith('::ffff:')) return address
  const [head = '', tail] = host.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length
  return [...groups(head), ...Array<string>(zeros).fill('0'), ...groups(tail ?? '')].slice(0, 4).join(':')
}
