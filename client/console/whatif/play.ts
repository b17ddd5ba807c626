/** A simulation under way: one worker for one question. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Job, Told } from './play.worker.ts'

export type Playing =
  | { readonly is: 'idle' }
  /** `told` is null before the first seed. */
  | { readonly is: 'playing' | 'done'; readonly seeds: number; readonly told: Told | null }
  | { readonly is: 'failed' }

export class Player {
  readonly #now = signal<Playing>({ is: 'idle' })
  #worker: Worker | null = null

  get now(): ReadonlySignal<Playing> {
    return this.#now
  }

  play(job: Job): void {
    this.stop()
    const { seeds } = job
    this.#now.value = { is: 'playing', seeds, told: null }
    const worker = new Worker('/assets/play.worker.js')
    this.#worker = worker
    worker.onmessage = ({ data: told }: MessageEvent<Told>) => {
      const isDone = told.done === seeds
      this.#now.value = { is: isDone ? 'done' : 'playing', seeds, told }
      if (isDone) worker.terminate()
    }
    worker.onerror = () => {
      worker.terminate()
      this.#now.value = { is: 'failed' }
    }
    worker.postMessage(job)
  }

  /** What is told by then stays. */
  stop(): void {
    this.#worker?.terminate()
    this.#worker = null
    const now = this.#now.peek()
    if (now.is === 'playing') this.#now.value = now.told === null ? { is: 'idle' } : { ...now, is: 'done' }
  }
}
