/**
 * Files on their way into a conversation: small ones in one piece, larger ones in parts. A lost connection stops none of them,
 * and a reload none of those that go in parts: they go on where they were.
 */
import { signal } from '@preact/signals'
import { FILE_PART } from '../../core/protocol/limits.ts'
import { plainName } from '../../core/text/file-name.ts'
import type { TicketSource } from './around.ts'
import { retryDelay } from './backoff.ts'
import { newId } from './ids.ts'
import { Begun, Limits, Problem } from './shapes.ts'
import type { Sent, UploadPorts } from './upload-ports.ts'

/** How often a request that the server could not serve is sent again by itself; after that the person decides. */
const TRIES = 8
/** A ticket is good for a minute. */
const TICKET_FOR = 45_000

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly field: string
  readonly limits: Limits | null
}

/** `waiting`: for the connection. */
export type SendingState = 'sending' | 'waiting' | 'failed'

export interface Sending {
  /** The id of the entry that it becomes. */
  readonly id: string
  readonly file: File
  readonly state: SendingState
  /** From 0 to 1: bytes that have gone. */
  readonly done: number
  /** Why it failed. */
  readonly refusal: Refusal | null
}

const unclear: Refusal = { code: 'internal', message: '', field: '', limits: null }

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** One upload as it is carried out. */
interface Job {
  readonly id: string
  readonly file: File
  readonly lease: number
  readonly stop: AbortController
}

export class Uploads {
  readonly items = signal<readonly Sending[]>([])
  readonly #ports: UploadPorts
  readonly #at: string
  /** How customers show who they are; staff have their cookie. */
  readonly #tickets: TicketSource | null
  readonly #jobs = new Map<string, Job>()
  #ticket = { text: '', until: 0 }
  #hasEnded = false

  constructor(ports: UploadPorts, conversation: string, tickets: TicketSource | null) {
    this.#ports = ports
    this.#at = `/files/${conversation}`
    this.#tickets = tickets
    void this.#resume()
  }

  /** Sends each of them; `lease` of staff. */
  send(files: Iterable<File>, lease = 0): void {
    for (const file of files) {
      const id = newId()
      if (inParts(file)) void this.#ports.held.hold({ id, file, lease })
      this.#begin(id, file, lease)
    }
  }

  /** Tries again what failed; parts that have arrived are not sent again. */
  retry(id: string, lease = 0): void {
    const item = this.items.value.find((one) => one.id === id)
    if (item === undefined) return
    this.items.value = this.items.value.filter((one) => one !== item)
    this.#begin(id, item.file, lease)
  }

  /** Takes it back, wherever it is; what has arrived of it goes. */
  cancel(id: string): void {
    const item = this.items.value.find((one) => one.id === id)
    this.forget([id])
    if (item !== undefined && inParts(item.file)) void this.#once('DELETE', `/${id}/parts`, null)
  }

  /** Forgets those that have become entries, and those that are given up. */
  forget(ids: readonly string[]): void {
    const gone = this.items.value.filter(({ id }) => ids.includes(id))
    if (gone.length === 0) return
    this.items.value = this.items.value.filter((item) => !gone.includes(item))
    for (const { id } of gone) {
      this.#jobs.get(id)?.stop.abort()
      void this.#ports.held.letGo(id)
    }
  }

  /** The page leaves this conversation; what is held goes on when it comes back. */
  end(): void {
    this.#hasEnded = true
    for (const { stop } of this.#jobs.values()) stop.abort()
  }

  /** Where a page may show the file from; of a customer's, a copy that is to be revoked. */
  async url(file: string): Promise<string> {
    const address = `${this.#at}/${file}`
    if (this.#tickets === null) return address
    const answer = await fetch(address, { headers: await this.#headers() })
    if (!answer.ok) throw new Error(String(answer.status))
    return URL.createObjectURL(await answer.blob())
  }

  async #resume(): Promise<void> {
    for (const { id, file, lease } of await this.#ports.held.all())
      if (!this.#hasEnded && !this.#jobs.has(id)) this.#begin(id, file, lease)
  }

  #begin(id: string, file: File, lease: number): void {
    const job = { id, file, lease, stop: new AbortController() }
    this.#jobs.set(id, job)
    this.items.value = [...this.items.value, { id, file, state: 'sending', done: 0, refusal: null }]
    const work = () => this.#run(job)
    void (inParts(file) ? this.#ports.held.alone(id, job.stop.signal, work) : work())
  }

  async #run(job: Job): Promise<void> {
    const { id, file, stop } = job
    try {
      await (inParts(file) ? this.#inParts(job) : this.#whole(job))
      this.#change(id, { done: 1, state: 'sending' })
      await this.#ports.held.letGo(id)
    } catch (error) {
      if (stop.signal.aborted) return
      this.#change(id, { state: 'failed', refusal: error instanceof Refused ? error.refusal : unclear })
    } finally {
      this.#jobs.delete(id)
    }
  }

  async #whole(job: Job): Promise<void> {
    const { id, file, lease } = job
    const { name, media, size } = aboutOf(file)
    const measures = Object.entries(await this.#ports.measure(file)).map(([key, value]) => [key, String(value)])
    const facts = { name, media, size: String(size), lease: String(lease), ...Object.fromEntries(measures) }
    await this.#ask(job, 'PUT', `/${id}?${new URLSearchParams(facts)}`, file, 0)
  }

  async #inParts(job: Job): Promise<void> {
    const { id, file, lease } = job
    const measures = await this.#ports.measure(file)
    const told = JSON.stringify({ ...aboutOf(file), lease })
    const read = Begun.safeParse(await this.#ask(job, 'POST', `/${id}/parts`, told, 0))
    if (!read.success) throw new Refused(unclear)
    const begun = read.data
    for (let n = 1; n <= begun.parts; n++) {
      const from = (n - 1) * begun.part
      const part = file.slice(from, from + begun.part)
      if (!begun.arrived.includes(n)) await this.#ask(job, 'PUT', `/${id}/parts/${n}`, part, from)
      this.#change(id, { done: (from + part.size) / file.size })
    }
    await this.#ask(job, 'POST', `/${id}`, JSON.stringify({ lease, ...measures }), file.size)
  }

  /** Asks until there is an answer that asking again would not change. `before`: so many bytes of the file have gone. */
  async #ask(job: Job, method: string, path: string, body: Blob | string, before: number): Promise<unknown> {
    const { id, file, stop } = job
    const progress = (bytes: number) => {
      if (body instanceof Blob) this.#change(id, { done: Math.min(1, (before + bytes) / file.size) })
    }
    for (let failures = 0, losses = 0; ; ) {
      const sent = await this.#once(method, path, body, stop.signal, progress)
      if (stop.signal.aborted) throw new Error('stopped')
      if (sent === null) {
        this.#change(id, { state: 'waiting' })
        await this.#pause(losses++, stop.signal)
        continue
      }
      this.#change(id, { state: 'sending' })
      if (sent.status < 300) return sent.value
      const { status } = sent
      const passes = status >= 500 || status === 429 || status === 401
      if (!passes || failures >= TRIES) throw new Refused(await this.#refusalOf(sent, job))
      if (status === 401) this.#ticket.until = 0
      await this.#pause(failures++, stop.signal)
    }
  }

  /** Null when there was no answer. */
  async #once(
    method: string,
    path: string,
    body: Blob | string | null,
    stop = new AbortController().signal,
    progress: (bytes: number) => void = () => {},
  ): Promise<Sent | null> {
    const headers = await this.#headers().catch(() => null)
    if (headers === null) return null
    return this.#ports.send({ method, url: this.#at + path, headers, body, signal: stop, progress })
  }

  /** Why, and within which limits it would have gone. */
  async #refusalOf({ value }: Sent, { lease }: Job): Promise<Refusal> {
    const problem = Problem.safeParse(value)
    if (!problem.success) return unclear
    const { code, detail = '', errors = [] } = problem.data
    const field = errors[0]?.field ?? ''
    const isLimit = code === 'too_large' || field === 'media'
    const answer = isLimit ? await this.#once('GET', `?lease=${lease}`, null) : null
    const limits = Limits.safeParse(answer?.value)
    return { code, message: detail, field, limits: limits.success ? limits.data : null }
  }

  /** A while, or until the connection is back. */
  #pause(attempt: number, stop: AbortSignal): Promise<void> {
    const { clock, watch } = this.#ports.around
    return new Promise((resolve) => {
      const go = () => {
        cancel()
        unwatch()
        stop.removeEventListener('abort', go)
        resolve()
      }
      const cancel = clock.after(retryDelay(attempt, 0, clock.random), go)
      const unwatch = watch((sign) => sign === 'online' && go())
      stop.addEventListener('abort', go)
    })
  }

  async #headers(): Promise<Record<string, string>> {
    if (this.#tickets === null) return {}
    const now = this.#ports.around.clock.now()
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

const inParts = (file: File): boolean => file.size > FILE_PART

/** The end of a long name: there it says what it is. */
const aboutOf = ({ name, type, size }: File) => ({
  name: plainName(name).trim().slice(-200) || 'file',
  media: type || 'text/plain',
  size,
})
