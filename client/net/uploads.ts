/**
 * Files on their way into a conversation: small ones in one piece, larger ones in parts. Neither a lost connection nor a
 * reload stops them: they go on where they were. Where the browser keeps none, the person is asked before the page is left.
 */
import { computed, effect, signal } from '@preact/signals'
import { FILE_PART } from '../../core/protocol/limits.ts'
import { plainName } from '../../core/text/file-name.ts'
import type { TicketSource } from './around.ts'
import { FileRequests, type Refusal, Refused, unclear } from './file-requests.ts'
import { Begun } from './file-shapes.ts'
import { newId } from './ids.ts'
import type { HeldFile, UploadPorts } from './upload-ports.ts'

/** `waiting`: for the connection. `sent`: the server has it, and its entry is about to come. */
export type SendingState = 'sending' | 'waiting' | 'failed' | 'sent'

export interface Sending {
  /** The id of the entry that it becomes. */
  readonly id: string
  readonly file: File
  readonly state: SendingState
  /** From 0 to 1: bytes that have gone. */
  readonly done: number
  /** Why it failed. */
  readonly refusal: Refusal | null
  /** Whether this browser keeps it, so that it goes on after a reload. Null while nobody knows yet. */
  readonly kept: boolean | null
}

/** One upload as it is carried out. */
interface Job extends HeldFile {
  readonly stop: AbortController
}

export class Uploads {
  readonly items = signal<readonly Sending[]>([])
  readonly #ports: UploadPorts
  readonly #requests: FileRequests
  /** Something would be lost if this conversation were left now, or would stop. */
  readonly isUnsettled = computed(() =>
    this.items.value.some((item) => isAtRisk(item) || item.state === 'sending' || item.state === 'waiting'),
  )
  readonly #jobs = new Map<string, Job>()
  /** The answers of the browser to being asked to keep them. */
  readonly #keeping = new Map<string, Promise<void>>()
  #hasEnded = false
  readonly #unguard: () => void

  /** `tickets`: how customers show who they are; staff have their cookie. */
  constructor(ports: UploadPorts, conversation: string, tickets: TicketSource | null) {
    this.#ports = ports
    this.#requests = new FileRequests(ports, conversation, tickets)
    const risk = computed(() => this.items.value.some(isAtRisk))
    this.#unguard = effect(() => (risk.value ? ports.guard() : undefined))
    void this.#resume()
  }

  /** Sends each of them; `lease` of staff. */
  send(files: Iterable<File>, lease = 0): void {
    for (const file of files) {
      const item = { id: newId(), file, lease }
      this.#begin(item, null, 'here')
      this.#keep(item)
    }
  }

  /** Tries again what failed; parts that have arrived are not sent again. */
  retry(id: string, lease = 0): void {
    const item = this.items.value.find((one) => one.id === id)
    if (item === undefined) return
    this.items.value = this.items.value.filter((one) => one !== item)
    const again = { id, file: item.file, lease }
    this.#begin(again, item.kept, 'here')
    this.#keep(again)
  }

  /** Takes it back, wherever it is; what has arrived of it goes. */
  cancel(id: string): void {
    const item = this.items.value.find((one) => one.id === id)
    this.forget([id])
    if (item !== undefined && inParts(item.file)) void this.#requests.once('DELETE', `/${id}/parts`, null)
  }

  /** Forgets those that have become entries, and those that are given up. */
  forget(ids: readonly string[]): void {
    const gone = this.items.value.filter(({ id }) => ids.includes(id))
    if (gone.length === 0) return
    this.items.value = this.items.value.filter((item) => !gone.includes(item))
    for (const { id } of gone) {
      this.#jobs.get(id)?.stop.abort()
      void this.#letGo(id)
    }
  }

  /** The page leaves this conversation; what is held goes on when it comes back. */
  end(): void {
    this.#hasEnded = true
    this.#unguard()
    for (const { stop } of this.#jobs.values()) stop.abort()
  }

  /** Where a page may show the file from; of a customer's, a copy that is to be revoked. */
  url(file: string): Promise<string> {
    return this.#requests.url(file)
  }

  /** The address of a copy of the whole conversation as a page to keep; as {@link FileRequests.copy}. */
  transcript(locale: string): Promise<string> {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
    return this.#requests.copy(`transcript?${new URLSearchParams({ locale, zone })}`)
  }

  async #resume(): Promise<void> {
    for (const item of await this.#ports.held.all())
      if (!this.#hasEnded && !this.items.value.some(({ id }) => id === item.id)) this.#begin(item, true, 'elsewhere')
  }

  #keep(item: HeldFile): void {
    const { id } = item
    const keep = async () => {
      const kept = await this.#ports.held.hold(item)
      this.#change(id, { kept })
    }
    this.#keeping.set(id, keep())
  }

  /** Not before the browser has it: what it keeps later would come back. */
  async #letGo(id: string): Promise<void> {
    await this.#keeping.get(id)
    this.#keeping.delete(id)
    await this.#ports.held.letGo(id)
  }

  /** `chosen` elsewhere: in another page or an earlier one, where it may be sent or given up while this one waits for it. */
  #begin({ id, file, lease }: HeldFile, kept: boolean | null, chosen: 'here' | 'elsewhere'): void {
    const job = { id, file, lease, stop: new AbortController() }
    this.#jobs.set(id, job)
    this.items.value = [...this.items.value, { id, file, state: 'sending', done: 0, refusal: null, kept }]
    void this.#ports.held.alone(id, job.stop.signal, async () => {
      if (chosen === 'here' || (await this.#ports.held.holds(id))) await this.#run(job)
      else this.forget([id])
    })
  }

  async #run(job: Job): Promise<void> {
    const { id, file, stop } = job
    try {
      await (inParts(file) ? this.#inParts(job) : this.#whole(job))
      this.#change(id, { done: 1, state: 'sent' })
      await this.#letGo(id)
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

  /** `before`: so many bytes of the file have gone. */
  #ask(
    { id, file, lease, stop }: Job,
    method: string,
    path: string,
    body: Blob | string,
    before: number,
  ): Promise<unknown> {
    const progress = (bytes: number) => {
      if (body instanceof Blob) this.#change(id, { done: Math.min(1, (before + bytes) / file.size) })
    }
    const waiting = (isWaiting: boolean) => this.#change(id, { state: isWaiting ? 'waiting' : 'sending' })
    return this.#requests.ask({ lease, stop: stop.signal, progress, waiting }, method, path, body)
  }

  #change(id: string, fields: Partial<Sending>): void {
    this.items.value = this.items.value.map((item) => (item.id === id ? { ...item, ...fields } : item))
  }
}

/** Leaving the page would lose it. */
const isAtRisk = ({ state, kept }: Sending): boolean => state !== 'sent' && kept !== true

const inParts = (file: File): boolean => file.size > FILE_PART

/** The end of a long name: there it says what it is. */
const aboutOf = ({ name, type, size }: File) => ({
  name: plainName(name).trim().slice(-200) || 'file',
  media: type || 'text/plain',
  size,
})
