/** Which of the queues' answers the agent takes: the best of a complete round, by its own order or by rank over all. */
import type { Turn } from '../engine/model.ts'
import type { QueueId } from '../ids.ts'
import type { Decision } from '../protocol/explanation.ts'
import type { Bid, Candidate } from '../protocol/messages.ts'
import { byRank, rank } from '../routing/rank.ts'
import { hold, me, ringTime, tell, whoIs } from './items.ts'
import { CONSOLE } from './liveness.ts'
import { overtaken } from './overtaken.ts'
import { ROUND } from './picture.ts'
import { freeNow } from './room.ts'
import { type AgentState, queuesOf } from './state.ts'

/** How many other offers a decision names. */
const MOST_OTHERS = 5

interface Choice {
  readonly via: QueueId
  readonly candidate: Candidate
}

/**
 * A queue answers. What answers an older question is dropped: the newer one is answered anyway. What the agent has asked for
 * itself answers none.
 */
export function bid(state: AgentState, turn: Turn, { queue, v, candidate }: Bid): void {
  if (candidate?.pulled === true) return pull(state, turn, { via: queue, candidate })
  if (v !== state.question.get().v) return
  if (queuesOf(state).some((served) => served.queue === queue)) state.table.put(queue, { v, candidate })
}

/** Claims the best answer, if the round is complete or over. True when it did: the picture has changed. */
export function claimBest(state: AgentState, turn: Turn): boolean {
  const free = freeNow(state)
  if (free.length === 0) return false
  const { v, late } = state.question.get()
  const answers = queuesOf(state).map(({ queue }) => ({ queue, answer: current(state, queue, v) }))
  const isComplete = answers.every(({ answer }) => answer !== undefined)
  if (isComplete) turn.deadline(ROUND, null)
  const choices: Choice[] = []
  const second: Choice[] = []
  let hasGap = false
  for (const { queue, answer } of answers) {
    const candidate = answer?.candidate ?? null
    const fits =
      candidate !== null && free.includes(candidate.medium) && state.items.get(candidate.conversation) === undefined
    const isSecond = candidate?.beside === true
    // A strict agent need not wait for queues after the first that has a contact.
    if (fits && !isSecond && isStrict(state) && (!hasGap || late))
      return claim(state, turn, { via: queue, candidate }, answers)
    if (fits) (isSecond ? second : choices).push({ via: queue, candidate })
    hasGap ||= answer === undefined
  }
  if (!isComplete && !late) return false
  // What rings for another already comes after all that rings for nobody.
  const next = firstOf(state, choices) ?? firstOf(state, second)
  return next !== undefined && claim(state, turn, next, answers)
}

function firstOf(state: AgentState, choices: readonly Choice[]): Choice | undefined {
  return isStrict(state) ? choices[0] : [...choices].sort((a, b) => byRank(a.candidate, b.candidate))[0]
}

/** Takes what this agent has chosen from a queue's list, without being rung for it. */
function pull(state: AgentState, turn: Turn, choice: Choice): void {
  const { candidate } = choice
  const { conversation, medium } = candidate
  const serves = queuesOf(state).some(({ queue }) => queue === choice.via)
  if (serves && freeNow(state).includes(medium) && state.items.get(conversation) === undefined) {
    claim(state, turn, choice, [])
    return
  }
  // The room it had when it asked is gone; the queue has heard of that, and holds it no more.
  const known = state.items.get(conversation)
  if (known === undefined) overtaken(state, turn, { conversation, lease: null, customer: null, by: null })
}

function current(state: AgentState, queue: string, v: number) {
  const answer = state.table.get(queue)
  return answer?.v === v ? answer : undefined
}

const isStrict = (state: AgentState) => state.profile.get().config?.strict === true

interface Round {
  readonly queue: QueueId
  readonly answer: { readonly candidate: Candidate | null } | undefined
}

/** What is recorded with the choice: what the queue has said, and what its other queues offered. */
function decisionOf(state: AgentState, { via, candidate }: Choice, round: readonly Round[]): { why?: Decision } {
  const { why } = candidate
  if (why === undefined) return {}
  const others = round.flatMap(({ queue, answer }) => {
    const other = answer?.candidate ?? null
    return other === null || queue === via ? [] : [{ queue, rank: rank(other.since, other.priority) }]
  })
  const mine = rank(candidate.since, candidate.priority)
  return { why: { ...why, by: isStrict(state) ? 'order' : 'rank', rank: mine, others: others.slice(0, MOST_OTHERS) } }
}

function claim(state: AgentState, turn: Turn, choice: Choice, round: readonly Round[]): true {
  const { via, candidate } = choice
  const { config, timings } = state.profile.get()
  const { conversation, medium, stay } = candidate
  // A console that has just gone must not be given customers without asking.
  const auto = (config?.autoAnswer === true || candidate.pulled === true) && turn.seen(CONSOLE) !== null
  const res = turn.newId()
  const until = turn.now + timings.claim
  const times = { taken: turn.now, since: turn.now, until }
  hold(state, turn, {
    conversation,
    medium,
    state: 'claiming',
    stay,
    via,
    res,
    auto,
    ...(candidate.pulled === true ? { pulled: true as const } : {}),
    lease: null,
    card: null,
    ...times,
  })
  const ring = ringTime(state, medium)
  const { upTo, pulled } = candidate
  const how = { ...(upTo === undefined ? {} : { upTo }), ...(pulled === true ? { pulled } : {}) }
  const why = pulled === true ? {} : decisionOf(state, choice, round)
  const said = { res, stay, via, auto, ring, ...how, ...why }
  tell(turn, conversation, { type: 'claim', agent: me(turn), ...whoIs(state), ...said })
  return true
}
