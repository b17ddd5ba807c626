/** How long a link waits before it tries again. */
import { close } from '../../core/protocol/link.ts'

const FIRST = 800
const LEAST = 200
export const MOST = 10_000
/** Over how long the clients of a server that crashed come back. */
const CROWD = 3_000
/** While the long poll works, the socket is tried this seldom. */
export const SOCKET_AGAIN = 60_000

/**
 * Full jitter. `attempt` counts the tries since the link last held for a while, `code` is what closed it. After a restart
 * everybody comes back at once, so even the first try is spread over the whole range.
 */
export function retryDelay(attempt: number, code: number, random: () => number): number {
  if (code === close.slowDown) return MOST / 2 + random() * MOST
  if (code === close.restart || code === close.bug) return random() * MOST
  const top = Math.min(MOST, FIRST * 2 ** Math.min(attempt, 10))
  return LEAST + random() * (top - LEAST)
}

/** Of a line that had held and broke without a word: maybe the server crashed, and everybody's line broke at once. */
export const crowdDelay = (random: () => number): number => random() * CROWD

/** Codes after which trying again by itself would be wrong. */
export function isFinal(code: number): boolean {
  return code === close.forbidden || code === close.gone || code === close.replaced || code === close.version
}
