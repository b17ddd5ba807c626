/**
 * Whether the agent's console is there. A client's ping does not wake the actor: it looks at the time of the last one
 * with each event, and by a deadline at the earliest instant at which the answer could matter.
 */
import type { Turn } from '../engine/model.ts'
import { media } from '../protocol/media.ts'
import { decline, lose } from './items.ts'
import { type AgentState, mediumConfig } from './state.ts'

export const CONSOLE = 'console'
export const LOOK = 'liveness'
/** How soon an open console that fell silent is looked at again, in ms: at first, and at the latest. */
const AGAIN_FIRST = 5_000
const AGAIN_MAX = 60_000

/** Looks at the console, and gives back what may not wait for it any longer. */
export function look(state: AgentState, turn: Turn): void {
  notice(state, turn)
  const sign = lastSign(state, turn)
  const link = sign !== null && turn.now - sign <= patience(state)
  if (link !== state.self.get().link) state.self.patch({ link, lastSeen: sign })
  for (const item of state.items.values()) {
    const isOffer = item.state === 'claiming' || item.state === 'ringing'
    if (isOffer && !link) decline(state, turn, item, 'away')
    const isOver = sign === null || turn.now - sign >= mediumConfig(state, item.medium).grace
    if (item.state === 'owned' && isOver) lose(state, turn, item)
  }
}

/**
 * Compares the sockets with those of the last look, whatever happened to them in between: a restart of the platform
 * closes them without a word. That they are gone is found at once or by the next event; a console that had answered
 * until then gets its grace from now on. One that had fallen silent before has given its last sign: its close is only the
 * network's late word of a death.
 */
function notice(state: AgentState, turn: Turn): void {
  const isConnected = turn.seen(CONSOLE) !== null
  const { connected, link, lastSeen } = state.self.get()
  if (isConnected === connected) return
  const vanished = connected && link
  state.self.patch({ connected: isConnected, lastSeen: vanished ? turn.now : lastSeen })
}

/** Sets the next look. One that is set already and comes sooner stays: a ping must not cost a write. */
export function lookLater(state: AgentState, turn: Turn): void {
  const wanted = nextLook(state, turn)
  if (wanted === null) state.lookAt = 0
  else if (state.lookAt <= turn.now || state.lookAt > wanted) state.lookAt = wanted
  turn.deadline(LOOK, wanted === null ? null : state.lookAt)
  state.stirred = false
}

/** The earliest instant at which a console that gives no more signs changes anything; null: none. */
function nextLook(state: AgentState, turn: Turn): number | null {
  const sign = lastSign(state, turn)
  if (sign === null) return null
  const { link, presence } = state.self.get()
  const items = state.items.values()
  const times = items
    .filter((item) => item.state === 'owned')
    .map((item) => sign + mediumConfig(state, item.medium).grace)
  const isConnected = turn.seen(CONSOLE) !== null
  // A socket that is going may be counted for the last time: look again when nothing else would.
  if (link && state.stirred) times.push(turn.now + patience(state) + 1)
  const hasOffer = items.some((item) => item.state === 'claiming' || item.state === 'ringing')
  if (link && (hasOffer || !isConnected)) times.push(sign + patience(state) + 1)
  // Its pings may come back, and they wake nobody.
  if (!link && isConnected && presence !== 'offline') {
    times.push(turn.now + Math.min(AGAIN_MAX, Math.max(AGAIN_FIRST, turn.now - sign)))
  }
  return times.length === 0 ? null : Math.min(...times)
}

/**
 * How long a silent console counts as there, in ms. Never longer than any grace: an agent that loses work for its silence
 * would be given it again at once, and lose it again, for as long as it still counted.
 */
function patience(state: AgentState): number {
  const { stale } = state.profile.get().timings
  return Math.min(stale, ...media.map((medium) => mediumConfig(state, medium).grace - 1))
}

/** When the console was last heard of, in ms; null: never. */
function lastSign(state: AgentState, turn: Turn): number | null {
  const seen = turn.seen(CONSOLE)
  const { lastSeen } = state.self.get()
  return seen === null || lastSeen === null ? (seen ?? lastSeen) : Math.max(seen, lastSeen)
}
