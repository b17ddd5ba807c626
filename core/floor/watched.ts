/** The side that is looked at: a queue or an agent tells the Floor what it is, once a second at most, while it is watched. */

import type { Turn } from '../engine/model.ts'
import type { Cell, Tables } from '../engine/parts.ts'
import { type ActorName, address, type OrgId } from '../ids.ts'
import type { AgentNow, QueueNow, Watch } from '../protocol/messages.ts'

/** How long changes are collected after one was told, in ms. */
const COLLECT = 1_000
export const TELL = 'floor'

/** Until when it is watched, and what was told last. Times in ms. */
export interface Watched {
  readonly until: number
  readonly told: string
  readonly toldAt: number
}

const unwatched: Watched = { until: 0, told: '', toldAt: 0 }

export const openWatched = (tables: Tables): Cell<Watched> => tables.cell('watched', unwatched)

export const floorOf = (org: OrgId): ActorName => address(org, 'floor', 'floor')

/** Each renewal is answered anew, so that whatever the Floor has forgotten comes back. */
export function watch(watched: Cell<Watched>, turn: Turn, message: Watch): void {
  watched.set({ until: turn.now + message.for, told: '', toldAt: 0 })
}

/** At the end of each turn: tells what is news. */
export function tellFloor(watched: Cell<Watched>, turn: Turn, now: () => QueueNow | AgentNow): void {
  const { until, told, toldAt } = watched.get()
  if (until === 0) return
  if (until <= turn.now) {
    turn.deadline(TELL, null)
    return watched.set(unwatched)
  }
  const due = toldAt + COLLECT
  // A clock that was set back must not keep it silent.
  if (due > turn.now && toldAt <= turn.now) return turn.deadline(TELL, due)
  turn.deadline(TELL, null)
  const news = now()
  const text = JSON.stringify(news)
  if (text === told) return
  watched.set({ until, told: text, toldAt: turn.now })
  turn.send(floorOf(turn.self.org), news)
}
