/** The files of a talk. What carries them is loaded with the first of them: most talks have none. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { TicketSource } from './around.ts'
import { retryDelay } from './backoff.ts'
import type { UploadPorts } from './upload-ports.ts'
import type { Sending, Uploads } from './uploads.ts'

/** What screens see of {@link Uploads}. */
export type Files = Pick<Uploads, 'send' | 'retry' | 'cancel' | 'forget' | 'url' | 'transcript'> & {
  readonly items: ReadonlySignal<readonly Sending[]>
  readonly isUnsettled: ReadonlySignal<boolean>
}

export class LaterUploads implements Files {
  readonly items = computed(() => this.#uploads.value?.items.value ?? [])
  /** As {@link Uploads} says it; and files are in hand that nothing carries yet. */
  readonly isUnsettled = computed(() => this.#inHand.value > 0 || this.#uploads.value?.isUnsettled.value === true)
  readonly #inHand = signal(0)
  readonly #uploads = signal<Uploads | null>(null)
  readonly #make: () => Promise<Uploads>
  readonly #ports: UploadPorts
  #coming: Promise<Uploads> | null = null
  #hasEnded = false

  constructor(ports: UploadPorts, conversation: string, tickets: TicketSource | null) {
    this.#ports = ports
    this.#make = async () => new (await ports.code()).Uploads(ports, conversation, tickets)
    void this.#resume()
  }

  send(files: Iterable<File>, lease = 0): void {
    void this.#send(files, lease)
  }

  retry(id: string, lease = 0): void {
    this.#uploads.value?.retry(id, lease)
  }

  cancel(id: string): void {
    this.#uploads.value?.cancel(id)
  }

  forget(ids: readonly string[]): void {
    this.#uploads.value?.forget(ids)
  }

  async url(file: string): Promise<string> {
    return (await this.#load()).url(file)
  }

  async transcript(locale: string): Promise<string> {
    return (await this.#load()).transcript(locale)
  }

  end(): void {
    this.#hasEnded = true
    this.#uploads.value?.end()
  }

  /** Until there is what keeps them, whoever leaves is asked. */
  async #send(files: Iterable<File>, lease: number): Promise<void> {
    const unguard = this.#ports.guard()
    this.#inHand.value++
    const uploads = await this.#load()
    uploads.send(files, lease)
    this.#inHand.value--
    unguard()
  }

  /** What a page before this one was still sending goes on. */
  async #resume(): Promise<void> {
    if ((await this.#ports.held.all()).length > 0 && !this.#hasEnded) await this.#load()
  }

  #load(): Promise<Uploads> {
    this.#coming ??= this.#begin()
    return this.#coming
  }

  /** Tries until it can be had: somebody waits with a file in their hands. */
  async #begin(): Promise<Uploads> {
    const { clock } = this.#ports.around
    for (let attempt = 0; ; attempt++) {
      try {
        const uploads = await this.#make()
        if (this.#hasEnded) uploads.end()
        else this.#uploads.value = uploads
        return uploads
      } catch {
        await new Promise<void>((resolve) => void clock.after(retryDelay(attempt, 0, clock.random), resolve))
      }
    }
  }
}
