/** Replies that were written long ago and never went: what they answer may be over, so their writer is asked first. */
import type { Item } from '../../net/outbox.ts'

/** From this age on a reply is asked about, in ms. */
const STALE = 15 * 60_000

export const isStale = ({ name, at, state, agreed }: Item, now: number): boolean =>
  name === 'post' && state === 'waiting' && agreed !== true && now - at >= STALE
