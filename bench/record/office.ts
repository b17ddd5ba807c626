/** The API as a browser asks it: signs in, and times requests one after the other or several at a time. */
import { eachOf } from '../client.ts'
import { type Spread, spread } from '../stats.ts'
import { emailOf, password, type Who } from './fill.ts'

/** What is asked for: the path of the `i`th request. */
export type Ask = (i: number) => string

export interface Timed {
  readonly alone: Spread
  /** Four at a time. */
  readonly together: Spread
}

const counts = { warm: 3, alone: 40, together: 40, width: 4 }

export class Office {
  readonly #url: string
  readonly #cookies = new Map<Who, string>()

  constructor(url: string) {
    this.#url = url
  }

  /** Signs in, with a session of its own; what the browser is known by stays. */
  async signIn(who: Who): Promise<void> {
    const headers = { origin: this.#url, 'content-type': 'application/json', cookie: this.#cookies.get(who) ?? '' }
    const body = JSON.stringify({ email: emailOf(who), password })
    const answer = await fetch(`${this.#url}/api/v1/session`, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(`signing in answered ${answer.status}: ${await answer.text()}`)
    const set = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    await answer.arrayBuffer()
    this.#cookies.set(who, set.join('; '))
  }

  async read<Answer>(who: Who, path: string): Promise<Answer> {
    const answer = await fetch(`${this.#url}${path}`, { headers: { cookie: this.#cookies.get(who) ?? '' } })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }

  timed = (who: Who, path: Ask): Promise<Timed> => timed((i) => this.read(who, path(i)))
}

export async function timed(work: (i: number) => Promise<unknown>): Promise<Timed> {
  let next = 0
  const run = async (count: number, width: number) => {
    const numbers = Array.from({ length: count }, () => (next += 1))
    const took = await eachOf(numbers, width, async (i) => {
      const begin = performance.now()
      await work(i)
      return performance.now() - begin
    })
    return spread(took)
  }
  await run(counts.warm, 1)
  return { alone: await run(counts.alone, 1), together: await run(counts.together, counts.width) }
}
