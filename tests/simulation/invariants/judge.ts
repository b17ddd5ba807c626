/** The rules' own judgement of who wants, who can and who has room: none of it is asked of the models. */
import type { Item } from '../../../core/agent/state.ts'
import type { Talk } from '../../../core/conversation/state.ts'
import type { QueueConfig } from '../../../core/protocol/config.ts'
import { type Medium, media } from '../../../core/protocol/media.ts'
import type { Message } from '../../../core/protocol/messages.ts'
import type { Need } from '../../../core/protocol/need.ts'
import type { PlanStep } from '../../../core/protocol/plan.ts'
import type { Entry, Seat } from '../../../core/queue/state.ts'
import type { AgentFacts } from '../facts/facts.ts'

/** Seeks an agent and may be claimed. */
export function isSeeking(talk: Talk): boolean {
  return (
    talk.begun !== null && talk.closed === null && talk.fallback === null && talk.seek !== null && talk.offer === null
  )
}

/** The queues in which this conversation should wait now, with what it asks for there; without those that are gone. */
export function wanted(talk: Talk): Map<string, Need> {
  return isSeeking(talk) ? sought(talk) : new Map()
}

/** And where it is while somebody is being rung: in the queue that may ring for more at once, if any. */
export function memberships(talk: Talk): Map<string, Need> {
  const [ring] = rungIn(talk)
  if (ring === undefined) return wanted(talk)
  const { beside } = ring
  const isSought = talk.closed === null && talk.fallback === null && talk.seek !== null
  const hasMore = beside !== undefined && isSought && rungIn(talk).length < beside.upTo
  return new Map([...sought(talk)].filter(([queue]) => hasMore && queue === beside.via))
}

/** All who are being rung. */
export function rungIn({ offer, others = [] }: Talk) {
  return offer === null ? [] : [offer, ...others]
}

/** The same, while somebody is being rung too. */
export function sought({ seek, missing }: Talk): Map<string, Need> {
  let places = new Map<string, Need>()
  for (const step of stepsTaken(seek)) {
    if (step.queues.length > 0) places = new Map()
    for (const { queue, need } of [...step.queues, ...(step.also ?? [])]) places.set(queue, need)
    const { relax } = step
    if (relax !== undefined)
      for (const [queue, need] of places) places.set(queue, eased(need, relax.lower, relax.waive))
  }
  for (const queue of missing) places.delete(queue)
  return places
}

function stepsTaken(seek: Talk['seek']): readonly PlanStep[] {
  return seek === null ? [] : seek.steps.filter((_, at) => at <= seek.step && seek.passed?.includes(at) !== true)
}

/** The workload never relaxes what it has written as a text. */
function eased({ level, skills, where }: Need, lower: number, waive: readonly string[]): Need {
  const left = Object.entries(skills).filter(([skill]) => !waive.includes(skill))
  return {
    level: Math.max(0, level - lower),
    skills: Object.fromEntries(left.map(([skill, n]) => [skill, Math.max(0, n - lower)])),
    ...(where === undefined ? {} : { where }),
  }
}

/** Nothing is decided yet: what the first steps depend on is still being asked for. */
export function isUndecided({ seek }: Talk): boolean {
  return seek !== null && seek.step < 0
}

/** What an agent has to show in a queue. */
export interface Shown {
  readonly level: number
  readonly skills: Readonly<Record<string, number>>
  readonly attributes?: Readonly<Record<string, readonly string[]>> | undefined
}

export function meetsNeed(
  { level, skills, attributes = {} }: Shown,
  { level: least, skills: asked, where }: Need,
): boolean {
  const hasSkills = Object.entries(asked).every(([skill, n]) => (skills[skill] ?? 0) >= n)
  return level >= least && hasSkills && (where === undefined || meetsText(where, skills, attributes))
}

/** The few forms that the workload writes: `or` of `and` of comparisons, without brackets. */
function meetsText(where: string, skills: Shown['skills'], attributes: NonNullable<Shown['attributes']>): boolean {
  const one = (text: string) => {
    const [name = '', sign = '>=', value = '1'] = text.trim().split(' ')
    if (sign === '>=') return (skills[name] ?? 0) >= Number(value)
    return (attributes[name] ?? []).includes(value) === (sign === '=')
  }
  return where.split(' or ').some((all) => all.split(' and ').every(one))
}

/** Smaller comes first. */
export function rankOf({ since, priority }: { since: number; priority: number }): number {
  return since - 60_000 * priority
}

/** By rank, with what a grade is worth, or by the list of attributes that a queue is configured with. */
export function precedes(a: Ranked, b: Ranked, order?: QueueConfig['contactOrder']): boolean {
  if (order?.by === 'score' && order.boosts.length > 0) {
    const [x, y] = [a, b].map((each) => scoreOf(each, order.boosts))
    if (x !== y) return x !== undefined && y !== undefined && x < y
  }
  for (const criterion of order?.by === 'list' ? order.list : []) {
    if (criterion.by !== 'priority' && criterion.by !== 'waiting' && criterion.by !== 'grade') continue
    const [x, y] = [a, b].map((each) => figure(each, criterion.by))
    if (x === y) continue
    if (x === undefined || y === undefined) return y === undefined
    return criterion.direction === 'desc' ? x > y : x < y
  }
  return rankOf(a) < rankOf(b) || (rankOf(a) === rankOf(b) && a.conversation < b.conversation)
}

function scoreOf(contact: Ranked, boosts: readonly { readonly by: string; readonly minutes?: number }[]): number {
  const worth = boosts.map(({ by, minutes = 0 }) => (by === 'grade' ? 60_000 * ((contact.grade ?? 0) * minutes) : 0))
  return worth.reduce((score, each) => score - each, rankOf(contact))
}

function figure({ since, priority, grade }: Ranked, by: string): number | undefined {
  if (by === 'grade') return grade
  return by === 'priority' ? priority : -since
}

interface Ranked {
  readonly conversation: string
  readonly since: number
  readonly priority: number
  readonly grade?: number
}

/** Whether an agent, as its queue pictures it, can serve an entry. */
export function suits(entry: Entry, { agent, picture }: Seat): boolean {
  const able = picture.free.includes(entry.medium) && meetsNeed(picture, entry.need)
  return able && !entry.avoid.includes(agent) && picture.items[entry.conversation] === undefined
}

/** Who holds an entry: it rings there, a bid is out, or an agent's item is of this stay or a later one. */
export function holdersOf(entry: Entry, roster: readonly Seat[]): Set<string> {
  const holders = new Set<string>(entry.rung)
  for (const { agent, standing, picture, itemsIgnored } of roster) {
    if (standing.is === 'bid' && standing.conversation === entry.conversation) holders.add(agent)
    const stay = picture.items[entry.conversation]
    if (!itemsIgnored && stay !== undefined && stay >= entry.stay) holders.add(agent)
  }
  return holders
}

/** One of them. */
export const holderOf = (entry: Entry, roster: readonly Seat[]): string | null =>
  holdersOf(entry, roster).values().next().value ?? null

/** How many contacts of a medium this agent may have: set at run time, or configured. */
export function capacityOf({ profile, self }: AgentFacts, medium: Medium): number {
  const configured = profile?.config?.capacity[medium] ?? profile?.media[medium]?.capacity ?? 0
  const set = self?.capacity[medium]
  return set !== undefined && set.over === configured ? set.units : configured
}

/** Takes ears or eyes. */
export const isLive = (medium: Medium): boolean => medium === 'voice' || medium === 'video'

/** Whether work of a medium waits for work that cannot: configured so, or nobody sits there. */
export const waitsFor = (profile: AgentFacts['profile'], medium: Medium): boolean =>
  profile?.media[medium]?.interruptible ?? (medium === 'message' || medium === 'mail')

/** What kind of work a conversation is now. */
export const workOf = ({ medium, begun }: Talk): Medium => medium ?? begun?.medium ?? 'chat'

/** Whether one more contact of a medium goes beside these items. */
export function hasRoom(agent: AgentFacts, medium: Medium, items: readonly Item[]): boolean {
  const terms = (m: Medium) => agent.profile?.media[m]
  const exclusive = (m: Medium) => terms(m)?.exclusive === true
  const canWait = (m: Medium) => waitsFor(agent.profile, m)
  const beside = canWait(medium) ? items : items.filter((item) => !canWait(item.medium))
  if (beside.some((item) => exclusive(item.medium))) return false
  if (exclusive(medium) && beside.length > 0) return false
  const weights = [medium, ...beside.map((item) => item.medium)].map((m) => terms(m)?.weight ?? 1)
  const total = agent.profile?.config?.total
  if (total !== undefined && weights.reduce((sum, weight) => sum + weight, 0) > total) return false
  if (isLive(medium) && items.some((item) => isLive(item.medium) && item.state !== 'wrap')) return false
  return items.filter((item) => item.medium === medium).length < capacityOf(agent, medium)
}

export function freeMedia(agent: AgentFacts): Medium[] {
  return media.filter((medium) => hasRoom(agent, medium, agent.items.values()))
}

/** Says that it works, and a console of it is really there. */
export function isAtWork({ self, profile, home }: AgentFacts): boolean {
  if (self === undefined || profile?.config == null || self.presence !== 'available' || self.notResponding) return false
  return home.sockets.some((socket) => socket.open && socket.greeted && socket.audience === 'console' && socket.alive)
}

export function isOf<T extends Message['type']>(type: T, message: Message): message is Extract<Message, { type: T }> {
  return message.type === type
}
