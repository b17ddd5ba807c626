/**
 * Taking away what one entry says: a tombstone stays under its number, and an entry of its own follows, so that everybody
 * who has the old words hears of it the way they hear of everything.
 */
import type { Answer, Turn } from '../engine/model.ts'
import type { RemovalReason, StaffEntry, StaffFrom } from '../protocol/conversation.ts'
import type { StaffPrincipal } from '../protocol/principal.ts'
import { ok } from '../result.ts'
import type { Log } from '../streams/log.ts'
import { fresh, no, once } from './answers.ts'
import { record, say, toStaff } from './entries.ts'
import type { ConversationState, Said } from './state.ts'

interface Wanted {
  readonly entry: number
  readonly why: RemovalReason
}

/** Messages, notes and files; what happened on the way holds nobody's words. Taken away already, nothing changes. */
export function remove(
  state: ConversationState,
  turn: Turn,
  by: StaffPrincipal,
  id: string,
  { entry, why }: Wanted,
): Answer {
  const from: StaffFrom = { role: 'agent', id: by.id, name: by.name }
  const before = once(state, from, id, 'staff')
  if (before !== null) return before
  const found = state.log.at(entry)
  const type = found?.body.body.type
  if (type === 'removed') return fresh(ok({}))
  if (found === undefined || (type !== 'message' && type !== 'note' && type !== 'file'))
    return no('bad_input', 'is no message, no note and no file of this conversation', { field: 'entry' })
  const { pub, body: said } = found
  const how = { at: turn.now, by: { id: by.id, name: by.name }, why }
  state.log.replace(entry, { ...said, body: { type: 'removed', ...how } })
  if (said.body.type === 'file') {
    const { count, removed } = state.files.get()
    state.files.set({ count, removed: [...removed, said.body.id] })
  }
  turn.audit(by, { action: 'conversation.remove', before: null, after: { entry, was: type, why } })
  const removal = { type: 'removal', entry, ...how } as const
  const { seq } =
    pub === null ? record(state, turn, removal, from, id) : say(state, turn, { ...removal, pub }, from, id)
  return fresh(ok({ seq }))
}

/** What is left of those that these entries took away: the record hears of both together. */
export function leftBy(log: Log<Said>, entries: readonly StaffEntry[]): StaffEntry[] {
  return entries.flatMap(({ body }) => {
    const left = body.type === 'removal' ? log.at(body.entry) : undefined
    return left === undefined ? [] : [toStaff(left)]
  })
}
