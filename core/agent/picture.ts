/**
 * What the agent asks its queues. All traffic towards queues is the difference between the picture they were shown and
 * the present one: a changed picture is a new version and a new question.
 */
import type { Turn } from '../engine/model.ts'
import { address, type QueueId } from '../ids.ts'
import type { Avail, Picture } from '../protocol/messages.ts'
import { attributesOf } from '../routing/agents.ts'
import { me } from './items.ts'
import { occupancy } from './occupancy.ts'
import { freeNow, isReady } from './room.ts'
import { type AgentState, queuesOf } from './state.ts'

export const ROUND = 'round'

/** "What you saw of this contact is gone", for the queue it came from. */
export type Dead = { readonly via: QueueId } & NonNullable<Avail['dead']>

/** Asks anew if the picture has changed. */
export function ask(state: AgentState, turn: Turn, dead?: Dead): void {
  const shown = picture(state, turn.now)
  const queues = queuesOf(state)
  const key = keyOf(shown, queues)
  const { v: before, picture: asked } = state.question.get()
  if (key === asked) return
  const v = before + 1
  state.question.set({ v, picture: key, late: false })
  for (const { queue, level } of queues) {
    const news = { ...shown, level, serving: servingOf(state, queue) }
    const told = state.told.get(queue)
    // Without room there is no question: only who saw something else needs to know.
    if (news.free.length === 0 && told !== undefined && isSame(told.picture, news)) continue
    if (news.free.length === 0 && told === undefined) continue
    state.told.put(queue, { queue, v, picture: news })
    const grave = dead?.via === queue ? { dead: { conversation: dead.conversation, cv: dead.cv } } : {}
    const handled = state.handled.filter(({ via }) => via === queue).map(({ took }) => took)
    const more = handled.length === 0 ? grave : { ...grave, handled }
    turn.send(address(turn.self.org, 'queue', queue), { type: 'avail', agent: me(turn), v, picture: news, ...more })
  }
  leaveQueues(state, turn, v)
  const isOpen = shown.free.length > 0 && queues.length > 0
  turn.deadline(ROUND, isOpen ? turn.now + state.profile.get().timings.round : null)
}

/** Takes leave of the queues that the agent no longer serves. */
function leaveQueues(state: AgentState, turn: Turn, v: number): void {
  const served = new Set<string>(queuesOf(state).map(({ queue }) => queue))
  for (const { queue, picture: last } of state.told.values()) {
    if (served.has(queue)) continue
    state.told.delete(queue)
    state.table.delete(queue)
    const message = { type: 'avail', agent: me(turn), v, picture: { ...last, free: [] }, gone: true } as const
    turn.send(address(turn.self.org, 'queue', queue), message)
  }
}

/** How many of the contacts in hand came through this queue. */
const servingOf = (state: AgentState, queue: string) => state.items.values().filter(({ via }) => via === queue).length

/** What every queue is shown alike. */
function picture(state: AgentState, now: number): Omit<Picture, 'level' | 'serving'> {
  const items = state.items.values()
  const { config } = state.profile.get()
  const attributes = config === null ? undefined : attributesOf(config)
  const { servedAt } = state.self.get()
  return {
    free: freeNow(state),
    items: Object.fromEntries(items.map((item) => [item.conversation, item.stay])),
    skills: config?.skills ?? {},
    ...(attributes === undefined ? {} : { attributes }),
    occupancy: occupancy(state, now),
    on: isReady(state) && state.self.get().link,
    ...(servedAt === undefined ? {} : { servedAt }),
    idleSince: items.reduce((latest, item) => Math.max(latest, item.taken), state.self.get().workedAt),
  }
}

/** All that makes a picture a new one. What only moves along with the rest is left out. */
function keyOf(
  { free, items, skills, attributes, on }: Omit<Picture, 'level' | 'serving'>,
  queues: readonly { queue: string; level: number }[],
): string {
  const served = queues.map(({ queue, level }) => [queue, level])
  const texts = attributes === undefined ? [] : [sorted(attributes)]
  return JSON.stringify([free, sorted(items), sorted(skills), served, ...texts, on])
}

function isSame(a: Picture, b: Picture): boolean {
  return keyOf(a, [{ queue: '', level: a.level }]) === keyOf(b, [{ queue: '', level: b.level }])
}

function sorted<V>(record: Readonly<Record<string, V>>): [string, V][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
}
