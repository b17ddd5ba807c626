/** Plans that wait for this queue's figures: they hear of them when one of their conditions turns, at most once a second. */
import type { Turn } from '../engine/model.ts'
import { address, asId, type ConversationId, type QueueId } from '../ids.ts'
import type { AskFigures } from '../protocol/messages.ts'
import type { QueueCondition } from '../protocol/plan.ts'
import { isWithin, type QueueFigures } from '../routing/plan/course.ts'
import { figures } from './pace.ts'
import type { QueueState } from './state.ts'

export const FIGURES = 'figures'
/** How long changes are collected, in ms. */
const COLLECT = 1_000

export interface Asker {
  readonly conversation: ConversationId
  readonly conditions: readonly QueueCondition[]
  /** Which of them held when it was told last. */
  readonly told: string
}

/** Answered at once: a plan may depend on it for its first step. */
export function figuresAsked(state: QueueState, turn: Turn, { conversation, conditions }: AskFigures): void {
  if (conditions.length === 0) return state.askers.delete(conversation)
  tell(state, turn, { conversation, conditions, told: '' }, figures(state))
}

/** After an event that may have changed the figures. A deadline that is set stays where it is. */
export function figuresLater(state: QueueState, turn: Turn): void {
  if (state.askers.size === 0) return
  if (state.figuresAt === 0) state.figuresAt = turn.now + COLLECT
  turn.deadline(FIGURES, state.figuresAt)
}

/** Tells those of whose conditions one has turned. Contacts of one plan have the same conditions: each is judged once. */
export function tellFigures(state: QueueState, turn: Turn): void {
  state.figuresAt = 0
  const now = figures(state)
  const judged = new Map<string, string>()
  for (const asker of state.askers.values()) {
    const key = JSON.stringify(asker.conditions)
    const truth = judged.get(key) ?? truthOf(asker, now)
    judged.set(key, truth)
    if (truth !== asker.told) tell(state, turn, asker, now)
  }
}

function tell(state: QueueState, turn: Turn, asker: Asker, now: QueueFigures): void {
  state.askers.put(asker.conversation, { ...asker, told: truthOf(asker, now) })
  const to = address(turn.self.org, 'conversation', asker.conversation)
  turn.send(to, { type: 'figures', queue: asId<QueueId>(turn.self.id), ...now })
}

const truthOf = ({ conditions }: Asker, now: QueueFigures) =>
  conditions.map((condition) => (isWithin(condition, now) ? '1' : '0')).join('')
