/** How much of its time at work an agent has had a contact in hand, since it signed in: what "least occupied" compares. */
import type { AgentInterval } from '../protocol/segments.ts'
import type { AgentState } from './state.ts'

/** In ms. */
export interface Worked {
  /** With a contact, after-work included. */
  readonly busy: number
  /** Available, without one. */
  readonly idle: number
}

const nothing: Worked = { busy: 0, idle: 0 }

/** An interval has ended; who has signed off begins anew. */
export function countInterval(state: AgentState, ended: AgentInterval, at: number, isSignedOff: boolean): void {
  state.self.patch({ worked: isSignedOff ? nothing : plus(state.self.get().worked, ended, at) })
}

/** From 0 to 1, in thousandths; 0 before there is anything to tell. */
export function occupancy(state: AgentState, now: number): number {
  const { busy, idle } = plus(state.self.get().worked, state.interval.get(), now)
  return busy === 0 ? 0 : Math.round((busy / (busy + idle)) * 1_000) / 1_000
}

function plus({ busy, idle }: Worked = nothing, interval: AgentInterval, until: number): Worked {
  const { occupied, presence, notResponding, connected, beganAt } = interval
  const lasted = Math.max(0, until - beganAt)
  if (occupied) return { busy: busy + lasted, idle }
  const isIdle = presence === 'available' && !notResponding && connected
  return isIdle ? { busy, idle: idle + lasted } : { busy, idle }
}
