/** What the console has the chat show in its preview. Both are pages of ours: the frame reads it from the page around it. */
import type { AskedField } from '../../core/protocol/widget.ts'
import type { Look } from './look.ts'

export const scenes = ['begin', 'talk', 'closed'] as const
export type Scene = (typeof scenes)[number]

export interface Showing {
  readonly scene: Scene
  readonly theme: 'light' | 'dark'
  readonly look: Look
  readonly ask: readonly AskedField[]
  /** What it takes outside opening hours. */
  readonly takes: 'message' | 'nothing'
  readonly organisation: string
}

export interface Preview {
  now(): Showing
  /** Calls with each change; the answer ends that. */
  watch(listener: () => void): () => void
}

declare global {
  interface Window {
    parleyPreview?: Preview
  }
}
