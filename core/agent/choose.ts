/** Which of the queues' answers the agent takes: the best of a complete round, by its own order or by rank over all. */
import type { Turn } from '../engine/model.ts'
import type { QueueId } from '../ids.ts'
import type { Decision } from '../protocol/explanation.ts'
import type { Bid, Candidate } from '../protocol/messages.ts'
import { byRank, rank } from '../routing/rank.ts'
import { hold, me, tell, whoIs } from './items.ts'
import { CONSOLE } from './liveness.ts'
import { ROUND } from './picture.ts'
import { freeNow } from './room.ts'
import { type AgentState, queuesOf } from './state.ts'

/** How many other offers a decision names. */
const MOST_OTHERS = 5

interface Choice {
  readonly via: QueueId
  readonly candidate: Candidate
}

/** A queue answers. What answers an older question is dropped: the newer one is answered anyway. */
export function bid(state: AgentState, { queue, v, candidate }: Bid): void {
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
  let hasGap = false
  for (const { queue, answer } of answers) {
    const candidate = answer?.candidate ?? null
    const fits =
      candidate !== null && free.includes(candidate.medium) && state.items.get(candidate.conversation) === undefined
    // A strict agent need not wait for queues after the first that has a contact.
    if (fits && isStrict(state) && (!hasGap || late)) return claim(state, turn, { via: queue, candidate }, answers)
    if (fits) choices.push({ via: queue, candidate })
    hasGap ||= answer === undefined
  }
  const best = choices.sort((a, b) => byRank(a.candidate, b.candidate))[0]
  if (best === undefined || !(isComplete || late) || isStrict(state)) return false
  return claim(state, turn, best, answers)
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
  const auto = config?.autoAnswer === true && turn.seen(CONSOLE) !== null
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
    lease: null,
    card: null,
    ...times,
  })
  const { ring } = timings
  const why = decisionOf(state, choice, round)
  tell(turn, conversation, { type: 'claim', agent: me(turn), ...whoIs(state), res, stay, via, auto, ring, ...why })
  return true
}
