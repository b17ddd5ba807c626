/** Files on their way into a conversation: small ones in one piece, larger ones in parts that are sent again until they arrive. */
import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { FILE_PART } from '../../core/protocol/limits.ts'
import type { Around, TicketSource } from './around.ts'
import { retryDelay } from './backoff.ts'
import { newId } from './ids.ts'

/** How often a request is sent again by itself; after that the person decides. */
const TRIES = 8
/** A ticket is good for a minute. */
const TICKET_FOR = 45_000

export interface Sending {
  /** The id of the entry that it becomes. */
  readonly id: string
  readonly file: File
  readonly lease: number
  /** From 0 to 1. */
  readonly done: number
  /** Why it failed; null while it is on its way. */
  readonly refusal: { readonly code: string; readonly message: string } | null
}

const Begun = z.object({ part: z.int(), parts: z.int(), arrived: z.array(z.int()) })
const Refused = z.object({ code: z.string(), detail: z.optional(z.string()) })
const lost = { code: 'not_ready', message: '' }

class Refusal extends Error {
  readonly fault: { code: string; message: string }
  constructor(fault: { code: string; message: string }) {
    super(fault.code)
    this.fault = fault
  }
}

export class Uploads {
  readonly items = signal<readonly Sending[]>([])
  readonly #around: Around
  readonly #at: string
  /** How customers show who they are; staff have their cookie. */
  readonly #tickets: TicketSource | null
  #ticket = { text: '', until: 0 }

  constructor(around: Around, conversation: string, tickets: TicketSource | null) {
    this.#around = around
    this.#at = `/files/${conversation}/`
    this.#tickets = tickets
  }

  /** Sends each of them; `lease` of staff. */
  send(files: Iterable<File>, lease = 0): void {
    for (const file of files) {
      const item = { id: newId(), file, lease, done: 0, refusal: null }
      this.items.value = [...this.items.value, item]
      void this.#run(item)
    }
  }

  /** Tries again what failed; parts that have arrived are not sent again. */
  retry(id: string, lease = 0): void {
    const item = this.items.value.find((one) => one.id === id)
    if (item === undefined) return
    this.#change(id, { refusal: null, lease })
    void this.#run({ ...item, lease })
  }

  /** Forgets what failed, or has become an entry. */
  drop(id: string): void {
    this.items.value = this.items.value.filter((one) => one.id !== id)
  }

  /** Where a page may show the file from; of a customer's, a copy that is to be revoked. */
  async url(file: string): Promise<string> {
    const address = this.#at + file
    if (this.#tickets === null) return address
    const answer = await fetch(address, { headers: await this.#headers() })
    if (!answer.ok) throw new Error(String(answer.status))
    return URL.createObjectURL(await answer.blob())
  }

  async #run({ id, file, lease }: Sending): Promise<void> {
    try {
      await (file.size > FILE_PART ? this.#inParts(id, file, lease) : this.#whole(id, file, lease))
      this.#change(id, { done: 1 })
    } catch (error) {
      this.#change(id, { refusal: error instanceof Refusal ? error.fault : lost })
    }
  }

  async #whole(id: string, file: File, lease: number): Promise<void> {
    const { name, media, size } = aboutOf(file)
    const query = new URLSearchParams({ name, media, size: String(size), lease: String(lease) })
    await this.#ask('PUT', `${id}?${query}`, file)
  }

  async #inParts(id: string, file: File, lease: number): Promise<void> {
    const begun = Begun.parse(await this.#ask('POST', `${id}/parts`, JSON.stringify({ ...aboutOf(file), lease })))
    for (let n = 1; n <= begun.parts; n++) {
      const from = (n - 1) * begun.part
      if (!begun.arrived.includes(n)) await this.#ask('PUT', `${id}/parts/${n}`, file.slice(from, from + begun.part))
      this.#change(id, { done: n / (begun.parts + 1) })
    }
    await this.#ask('POST', id, JSON.stringify({ lease }))
  }

  /** Asks until there is an answer that asking again would not change. */
  async #ask(method: string, path: string, body: Blob | string): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#headers()
        .then((headers) => fetch(this.#at + path, { method, headers, body }))
        .catch(() => null)
      if (answer?.ok) return answer.status === 204 ? null : answer.json()
      const passes = answer === null || answer.status >= 500 || answer.status === 429 || answer.status === 401
      if (!passes || attempt >= TRIES) throw new Refusal(await faultOf(answer))
      if (answer?.status === 401) this.#ticket.until = 0
      const { clock } = this.#around
      await new Promise<void>((resolve) => void clock.after(retryDelay(attempt, 0, clock.random), resolve))
    }
  }

  async #headers(): Promise<Record<string, string>> {
    if (this.#tickets === null) return {}
    const now = this.#around.clock.now()
    if (this.#ticket.until < now) {
      const answer = await this.#tickets()
      if ('stop' in answer) throw new Error('no ticket')
      this.#ticket = { text: answer.ticket, until: now + TICKET_FOR }
    }
    return { authorization: `Bearer ${this.#ticket.text}` }
  }

  #change(id: string, fields: Partial<Sending>): void {
    this.items.value = this.items.value.map((item) => (item.id === id ? { ...item, ...fields } : item))
  }
}

const aboutOf = ({ name, type, size }: File) => ({ name: name.slice(-200), media: type || 'text/plain', size })

async function faultOf(answer: Response | null) {
  const problem = Refused.safeParse(await answer?.json().catch(() => null))
  return problem.success ? { code: problem.data.code, message: problem.data.detail ?? '' } : lost
}
