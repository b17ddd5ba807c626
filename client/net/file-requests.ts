/** The requests about one conversation's files: with whoever's ticket, again when there was no answer, refusals with their limits. */
import type { TicketSource } from './around.ts'
import { retryDelay } from './backoff.ts'
import { Limits, Problem } from './file-shapes.ts'
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

export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

export const unclear: Refusal = { code: 'internal', message: '', field: '', limits: null }

/** What is asked, until when, and how it goes. */
export interface Asking {
  readonly lease: number
  readonly stop: AbortSignal
  /** How many bytes of the body have gone. */
  progress(bytes: number): void
  /** Whether it waits for the connection. */
  waiting(isWaiting: boolean): void
}

export class FileRequests {
  readonly #ports: Pick<UploadPorts, 'around' | 'send'>
  readonly #at: string
  /** How customers show who they are; staff have their cookie. */
  readonly #tickets: TicketSource | null
  #ticket = { text: '', until: 0 }

  constructor(ports: Pick<UploadPorts, 'around' | 'send'>, conversation: string, tickets: TicketSource | null) {
    this.#ports = ports
    this.#at = `/files/${conversation}`
    this.#tickets = tickets
  }

  /** Asks until there is an answer that asking again would not change; throws a {@link Refused}. */
  async ask(asking: Asking, method: string, path: string, body: Blob | string): Promise<unknown> {
    const { stop, waiting } = asking
    for (let failures = 0, losses = 0; ; ) {
      const sent = await this.once(method, path, body, asking)
      if (stop.aborted) throw new Error('stopped')
      if (sent === null) {
        waiting(true)
        await this.#pause(losses++, stop)
        continue
      }
      waiting(false)
      if (sent.status < 300) return sent.value
      const { status } = sent
      const passes = status >= 500 || status === 429 || status === 401
      if (!passes || failures >= TRIES) throw new Refused(await this.#refusalOf(sent, asking.lease))
      if (status === 401) this.#ticket.until = 0
      await this.#pause(failures++, stop)
    }
  }

  /** Null when there was no answer. */
  async once(method: string, path: string, body: Blob | string | null, asking?: Asking): Promise<Sent | null> {
    const headers = await this.#headers().catch(() => null)
    if (headers === null) return null
    const { stop = new AbortController().signal, progress = () => {} } = asking ?? {}
    return this.#ports.send({ method, url: this.#at + path, headers, body, signal: stop, progress })
  }

  /** Where a page may show the file from; of a customer's, a copy that is to be revoked. */
  async url(file: string): Promise<string> {
    return this.#tickets === null ? `${this.#at}/${file}` : this.copy(file)
  }

  /** The address of a copy, which is to be revoked. Throws where it cannot be had. */
  async copy(file: string): Promise<string> {
    const answer = await fetch(`${this.#at}/${file}`, { headers: await this.#headers() })
    if (!answer.ok) throw new Error(String(answer.status))
    return URL.createObjectURL(await answer.blob())
  }

  /** Why, and within which limits it would have gone. */
  async #refusalOf({ value }: Sent, lease: number): Promise<Refusal> {
    const problem = Problem.safeParse(value)
    if (!problem.success) return unclear
    const { code, detail = '', errors = [] } = problem.data
    const field = errors[0]?.field ?? ''
    const isLimit = code === 'too_large' || field === 'media'
    const answer = isLimit ? await this.once('GET', `?lease=${lease}`, null) : null
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
}
