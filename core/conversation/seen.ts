/**
 * What of a conversation each role of staff sees: all of it but the attributes that the configuration keeps for other roles.
 * One place for the actor's streams and views and for the edge's answers from the record.
 */
import type { Turn } from '../engine/model.ts'
import { own } from '../own.ts'
import type { StaffEntry } from '../protocol/conversation.ts'
import { type Caller, type StaffRole, staffRoles } from '../protocol/principal.ts'
import type { Attribute } from '../protocol/settings.ts'

type Attributes = Readonly<Record<string, Pick<Attribute, 'visibleTo'>>>
/** The attributes that the configuration has, with the roles for which each is kept. */
export interface Fields {
  readonly conversation: Attributes
  readonly customer: Attributes
}
/** Null: a program, which has no role. It sees what every role does. */
export type Viewer = StaffRole | null

const PREFIX = 'staff/'
const staffAudiences = staffRoles.map((role) => `${PREFIX}${role}`)

export const viewerOf = (by: Caller): Viewer => ('scopes' in by ? null : by.role)

/** Every role is an audience of its own: a publication may change at any time what it sees. */
export const audienceOf = (role: StaffRole): string => `${PREFIX}${role}`

/** Undefined: no audience of staff. One that an earlier program has let in sees what every role does. */
export function viewerIn(audience: string): Viewer | undefined {
  if (audience === 'staff') return null
  return staffRoles.find((role) => audience === audienceOf(role))
}

export const toEveryStaff = (body: object) => staffAudiences.map((audience) => ({ audience, body }))

/** Whether this member of staff has it on a screen. */
export const isLookedAtBy = (turn: Turn, id: string): boolean =>
  staffAudiences.some((audience) => turn.seen(audience, id) !== null)

/** What the configuration does not name any more may have been kept for some: administrators see it. */
export function maySee(attributes: Attributes, id: string, viewer: Viewer): boolean {
  const attribute = own(attributes, id)
  if (attribute === undefined) return viewer === 'administrator'
  const { visibleTo } = attribute
  return visibleTo === undefined || (viewer !== null && visibleTo.includes(viewer))
}

export function seenOf<T>(attributes: Attributes, values: Readonly<Record<string, T>>, viewer: Viewer) {
  return Object.fromEntries(Object.entries(values).filter(([id]) => maySee(attributes, id, viewer)))
}

/** Of what was asked before the first word, and is known of a customer: fields by their names, as `customer.level`. */
export const seenFields = <T>(fields: Fields, values: Readonly<Record<string, T>>, viewer: Viewer) =>
  Object.fromEntries(
    Object.entries(values).filter(([field]) => {
      const [about, id] = field.split('.', 2)
      if (id === undefined) return true
      return maySee(about === 'customer' ? fields.customer : fields.conversation, id, viewer)
    }),
  )

/** An entry as this viewer reads it. It keeps its number: the stream stays gapless for everybody. */
export function seenBy<E extends Pick<StaffEntry, 'body'>>(entry: E, fields: Fields, viewer: Viewer): E {
  const { body } = entry
  if (body.type === 'described')
    return { ...entry, body: { ...body, attributes: seenOf(fields.conversation, body.attributes, viewer) } }
  if (body.type === 'introduced')
    return { ...entry, body: { ...body, fields: seenFields(fields, body.fields, viewer) } }
  return entry
}
