/** The ports through which uploads see the browser, so that tests can stand in for it. */
import type { Around } from './around.ts'
import type { Uploads } from './uploads.ts'

export interface Sent {
  readonly status: number
  /** What the answer's JSON holds; null when it is none. */
  readonly value: unknown
}

export interface SendRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Blob | string | null
  readonly signal: AbortSignal
  /** How many bytes of the body have gone. */
  progress(bytes: number): void
}

/** Null when there was no answer. */
export type Send = (request: SendRequest) => Promise<Sent | null>

export interface HeldFile {
  readonly id: string
  readonly file: File
  /** Staff's lease when it was begun; 0 of customers. */
  readonly lease: number
}

/** Files on their way, kept by the browser so that a reload cuts none of them off. */
export interface HeldFiles {
  /** False when this browser keeps nothing: its storage is full, or forbidden. */
  hold(item: HeldFile): Promise<boolean>
  letGo(id: string): Promise<void>
  all(): Promise<readonly HeldFile[]>
  /** Whether it is still held: another page may have done with it. */
  holds(id: string): Promise<boolean>
  /** Runs `work` unless another page of this browser is at this file; takes over when that page goes. */
  alone(id: string, signal: AbortSignal, work: () => Promise<void>): Promise<void>
}

export interface UploadPorts {
  /** The code of uploads, fetched when the first file is there. */
  code(): Promise<{ readonly Uploads: typeof Uploads }>
  readonly around: Around
  readonly send: Send
  readonly held: HeldFiles
  /** Asks the person before the page is left, until that is called off. */
  guard(): () => void
  /** How large a picture is, in pixels; nothing of other files. */
  measure(file: File): Promise<{ width?: number; height?: number }>
}
