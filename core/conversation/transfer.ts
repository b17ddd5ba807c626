/** Handing a conversation over: to a queue or to a person, cold or warm, with a word to the next. Its age stays. */
import type { Answer, Turn } from '../engine/model.ts'
import { asId } from '../ids.ts'
import type { StaffCommand, StaffFrom } from '../protocol/conversation.ts'
import { done, no } from './answers.ts'
import { record, say } from './entries.ts'
import { lookUp, noAgent, plan } from './known.ts'
import { assign, avoid, end } from './offers.ts'
import { seek } from './seeking.ts'
import type { ConversationState } from './state.ts'

type Wish = Extract<StaffCommand, { name: 'transfer' }>['body']

export function transfer(state: ConversationState, turn: Turn, from: StaffFrom, wish: Wish): Answer {
  const { queue, agent } = wish
  if ((queue === undefined) === (agent === undefined))
    return no('bad_input', 'name a queue or an agent, and only one of them', { field: 'queue' })
  const note = wish.note === undefined || wish.note === '' ? null : wish.note
  if (agent !== undefined) return toAgent(state, turn, from, { agent, note, warm: wish.warm })
  return queue === undefined ? done() : toQueue(state, turn, from, { queue, note, warm: wish.warm })
}

interface Hand {
  readonly note: string | null
  /** The present owner keeps it until somebody accepts. */
  readonly warm: boolean
}

function toQueue(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  { queue, note, warm }: Hand & { readonly queue: string },
): Answer {
  if (!Object.hasOwn(state.known.get().pinned?.queueNames ?? {}, queue)) return lookUp(state, turn, 'queue', queue)
  // Why somebody leaves is told before the leaving: who reads the entries in order knows it then.
  record(state, turn, { type: 'transferred', to: queue, warm, ...(note === null ? {} : { note }) }, from)
  if (!warm) letGo(state, turn)
  state.talk.patch({ note, queue })
  seek(state, turn, [{ after: 0, queues: [{ queue, need: { level: 1, skills: {} } }], raise: 0 }])
  return done()
}

/** It rings at that agent alone. Declined or left to ring it stays with its owner, or goes back to where it was found. */
function toAgent(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  { agent, note, warm }: Hand & { readonly agent: string },
): Answer {
  const { owner, found } = state.talk.get()
  if (owner?.agent === agent) return no('conflict', 'this agent has it already', { field: 'agent' })
  const refusal = noAgent(state, turn, agent)
  if (refusal !== null) return refusal
  const more = { agent: true, ...(note === null ? {} : { note }) }
  record(state, turn, { type: 'transferred', to: agent, warm, ...more }, from)
  if (!warm) letGo(state, turn)
  state.talk.patch({ note })
  if (!warm) seek(state, turn, found ?? plan(state)?.steps ?? [])
  assign(state, turn, asId(agent), { force: false, why: 'transferred' })
  return done()
}

function letGo(state: ConversationState, turn: Turn): void {
  const { owner } = state.talk.get()
  if (owner === null) return
  end(turn, owner, 'moved')
  say(state, turn, { type: 'left', name: owner.name })
  avoid(state, turn, owner.agent)
  state.talk.patch({ owner: null })
}
