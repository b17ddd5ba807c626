/** Reads what an actor sends; what this release does not know is passed over. */
import * as z from 'zod/mini'
import { type ClientFrame, ServerFrame } from '../../core/protocol/frames.ts'

export function decode(text: string): ServerFrame | null {
  try {
    return decodeValue(JSON.parse(text))
  } catch {
    return null
  }
}

export function decodeValue(value: unknown): ServerFrame | null {
  const frame = ServerFrame.safeParse(value)
  return frame.success ? frame.data : null
}

export const encode = (frame: ClientFrame): string => JSON.stringify(frame)

/** A poll's answer frame by frame, so that one unknown frame does not cost the others. */
const LoosePollAnswer = z.object({
  frames: z.array(z.unknown()),
  closed: z.nullable(z.int()),
  view: z.optional(z.string()),
})

export interface Polled {
  readonly frames: readonly ServerFrame[]
  readonly closed: number | null
  readonly view: string | undefined
}

export function decodePoll(value: unknown): Polled | null {
  const answer = LoosePollAnswer.safeParse(value)
  if (!answer.success) return null
  const frames = answer.data.frames.map(decodeValue).filter((frame) => frame !== null)
  return { frames, closed: answer.data.closed, view: answer.data.view }
}
