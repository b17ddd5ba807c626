/** Acts that the edge itself does, as the audit keeps them. */

import type { Act } from '../core/protocol/administration.ts'
import type { Action } from '../core/protocol/permissions.ts'
import { ulid } from '../core/ulid.ts'
import type { StaffCall } from './api/route.ts'

/** What the caller does. `before` and `after` hold no secret: passwords, keys and tokens stay out of them. */
export function actOf(
  { now, staff }: StaffCall,
  action: Action,
  object: Act['object'],
  before: Act['before'],
  after: Act['after'],
): Act {
  const { id, name, role, team, from = null } = staff
  const by = { id, name, role, ...(team === undefined ? {} : { team }) }
  return { id: ulid(now, crypto.getRandomValues(new Uint8Array(10))), at: now, by, action, object, before, after, from }
}
