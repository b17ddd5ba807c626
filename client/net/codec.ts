/** Reads what an actor sends; what this release does not know is passed over. */
import type { ClientFrame, ServerFrame as Frame } from '../../core/protocol/frames.ts'
import { LoosePollAnswer, ServerFrame } from './shapes.ts'

export function decode(text: string): Frame | null {
  try {
    return decodeValue(JSON.parse(text))
  } catch {
    return null
  }
}

export function decodeValue(value: unknown): Frame | null {
  const frame = ServerFrame.safeParse(value)
  return frame.success ? frame.data : null
}

export const encode = (frame: ClientFrame): string => JSON.stringify(frame)

export interface Polled {
  readonly frames: readonly Frame[]
  readonly closed: number | null
  readonly view: string | undefined
}

export function decodePoll(value: unknown): Polled | null {
  const answer = LoosePollAnswer.safeParse(value)
  if (!answer.success) return null
  const frames = answer.data.frames.map(decodeValue).filter((frame) => frame !== null)
  return { frames, closed: answer.data.closed, view: answer.data.view }
}
