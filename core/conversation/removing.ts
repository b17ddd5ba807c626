/**
 * Taking away what one entry says: a tombstone stays under its number, and an entry of its own follows, so that everybody
 * who has the old words hears of it the way they hear of everything.
 */
import type { Answer, Turn } from '../engine/model.ts'
import { own } from '../own.ts'
import type { RemovalMark, RemovalReason, StaffEntry, StaffFrom } from '../protocol/conversation.ts'
import type { StaffPrincipal } from '../protocol/principal.ts'
import { ok } from '../result.ts'
import type { Log } from '../streams/log.ts'
import { ofConversation, ofCustomer, STRANGER } from '../widget/pre-chat.ts'
import { fresh, no, once } from './answers.ts'
import { record, say, toStaff } from './entries.ts'
import type { ConversationState, Said } from './state.ts'
import { removedFrom, withoutWords } from './words.ts'

interface Wanted {
  readonly entry: number
  readonly why: RemovalReason
}

/** Whatever holds somebody's words: what was said, and what was said with something that happened. Taken away already, nothing changes. */
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
  if (found !== undefined && removedFrom(found.body.body) !== null) return fresh(ok({}))
  const how = { at: turn.now, by: { id: by.id, name: by.name }, why }
  const left = found === undefined ? null : without(found.body, how)
  if (found === undefined || left === null)
    return no('bad_input', 'is no entry of this conversation with words in it', { field: 'entry' })
  const { pub, body: said } = found
  state.log.replace(entry, left)
  forget(state, said)
  turn.audit(by, { action: 'conversation.remove', before: null, after: { entry, was: said.body.type, why } })
  const removal = { type: 'removal', entry, ...how } as const
  const { seq } =
    pub === null ? record(state, turn, removal, from, id) : say(state, turn, { ...removal, pub }, from, id)
  return fresh(ok({ seq }))
}

/** What stays in the entry's place, for the same readers. */
function without(said: Said, how: RemovalMark): Said | null {
  const { at, from } = said
  if (said.public) {
    const body = withoutWords(said.body, how)
    return body === null ? null : { public: true, at, from, body }
  }
  const body = withoutWords(said.body, how)
  return body === null ? null : { public: false, at, from, body }
}

/** What stood in the entry stands in the state too, as long as nothing newer has taken its place. */
function forget({ files, about, talk }: ConversationState, { at, body }: Said): void {
  const { contact, rating, attributes } = about.get()
  switch (body.type) {
    case 'file': {
      const { count, removed } = files.get()
      return files.set({ count, removed: [...removed, body.id] })
    }
    case 'contact':
      return about.patch({ contact: contact?.name === body.name && contact.email === body.email ? null : contact })
    case 'rated':
      return about.patch({ rating: rating?.at === at ? { ...rating, comment: '' } : rating })
    case 'described':
      return about.patch({ attributes: unlike(attributes, body.attributes) })
    case 'introduced': {
      const { introduced, told = {}, forgotten = [] } = about.get()
      const { begun } = talk.get()
      if (body.page) {
        const isGone = ([field, { value }]: [string, { value: unknown }]) => own(body.fields, field) === value
        const said = Object.entries(told)
        about.patch({
          told: Object.fromEntries(said.filter((one) => !isGone(one))),
          forgotten: [...forgotten, ...said.filter(isGone).map(([field, { at }]) => ({ field, at }))],
        })
      } else if (introduced !== undefined) {
        const gone = Object.keys(ofCustomer(body.fields)).map((field) => ({ field, at: introduced.at }))
        about.patch({
          attributes: unlike(attributes, ofConversation(body.fields)),
          introduced: { ...introduced, fields: {} },
          forgotten: [...forgotten, ...gone],
        })
      }
      if (begun === null) return
      const { customer } = begun
      const details = unlike(customer.details ?? {}, body.fields)
      // The entries until now keep the name under which they were written: it goes with an erasure.
      const name = !customer.verified && own(body.fields, 'name') === customer.name ? STRANGER : customer.name
      return talk.patch({ begun: { ...begun, customer: { ...customer, name, details } } })
    }
    case 'transferred':
    case 'consulting':
      return talk.get().note === body.note ? talk.patch({ note: null }) : undefined
  }
}

/** Those that do not say the same in `gone`. */
function unlike<V>(values: Readonly<Record<string, V>>, gone: Readonly<Record<string, unknown>>): Record<string, V> {
  return Object.fromEntries(Object.entries(values).filter(([id, value]) => own(gone, id) !== value))
}

/** What is left of those that these entries took away: the record hears of both together. */
export function leftBy(log: Log<Said>, entries: readonly StaffEntry[]): StaffEntry[] {
  return entries.flatMap(({ body }) => {
    const left = body.type === 'removal' ? log.at(body.entry) : undefined
    return left === undefined ? [] : [toStaff(left)]
  })
}
