/** Files in a conversation: who may send one, within which limits, and the entry that it becomes. */
import type { Turn } from '../engine/model.ts'
import type { AttachedFile } from '../protocol/actors.ts'
import { defaultPolicies, type FilePolicy } from '../protocol/policies.ts'
import type { Principal } from '../protocol/principal.ts'
import { ok, type Result, refuse } from '../result.ts'
import { customerSays } from './by-customer.ts'
import { owned, staffSays } from './by-staff.ts'
import { senderKey } from './entries.ts'
import { unanswered } from './introducing.ts'
import { isShut } from './known.ts'
import type { ConversationState } from './state.ts'

/** The limits that hold for who may send a file here now; nothing has been sent yet. */
export function mayAttach(state: ConversationState, by: Principal, lease: number, now: number): Result<FilePolicy> {
  const { begun, closed, next, openedAt } = state.talk.get()
  if (begun === null) return refuse('not_ready', 'this conversation is being set up', { retry: true })
  if (by.kind === 'customer') {
    if (next !== null || (closed !== null && closed.reopenUntil < now))
      return refuse('closed', 'this conversation has ended')
    if ((closed !== null || openedAt === null) && isShut(state, now))
      return refuse('not_ready', 'nothing is taken outside opening hours')
    const missing = unanswered(state)?.result
    if (missing !== undefined && !missing.ok) return missing
  } else {
    const no = owned(state, by, 'file.send', lease)?.result
    if (no !== undefined && !no.ok) return no
  }
  const limits = filePolicy(state)
  return state.files.get().count < limits.perConversation ? ok(limits) : full(limits)
}

/** A file that has arrived whole becomes an entry, once: its id is the command's. */
export function attach(
  state: ConversationState,
  turn: Turn,
  by: Principal,
  { id, name, media, size, lease, width, height }: AttachedFile,
): Result<{ seq: number }> {
  const measures = width === undefined || height === undefined ? {} : { width, height }
  const body = { type: 'file', id, name, media, size, ...measures } as const
  const limits = filePolicy(state)
  if (state.files.get().removed.includes(id)) return refuse('not_found', 'this file was removed')
  const isNew = attached(state, by, id) === false
  if (isNew && state.files.get().count >= limits.perConversation) return full(limits)
  const { result } =
    by.kind === 'customer'
      ? customerSays(state, turn, by, id, body)
      : staffSays(state, turn, by, id, 'file.send', { body, lease })
  if (!result.ok) return result
  if (isNew) state.files.patch({ count: state.files.get().count + 1 })
  return ok({ seq: Number(Object(result.value).seq) })
}

/** Whether this sender's file has become an entry, and is one still. */
export function attached(state: ConversationState, by: Principal, id: string): boolean {
  if (state.files.get().removed.includes(id)) return false
  const from =
    by.kind === 'customer'
      ? ({ role: 'customer', id: by.customer, name: '' } as const)
      : ({ role: 'agent', id: by.id, name: '' } as const)
  return state.log.find(senderKey(from), id) !== undefined
}

function filePolicy(state: ConversationState): FilePolicy {
  return (state.known.get().pinned?.policies ?? defaultPolicies).files
}

const full = ({ perConversation }: FilePolicy) =>
  refuse('too_large', `this conversation takes ${perConversation} files at most`)
