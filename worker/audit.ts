/** Acts that the edge itself does, as the audit keeps them. */

import { type Act, actBy } from '../core/protocol/administration.ts'
import type { Action } from '../core/protocol/permissions.ts'
import { ulid } from '../core/ulid.ts'
import type { GuardedCall } from './api/route.ts'

/** What the caller does. `before` and `after` hold no secret: passwords, keys and tokens stay out of them. */
export function actOf(
  { now, by: caller }: GuardedCall,
  action: Action,
  object: Act['object'],
  before: Act['before'],
  after: Act['after'],
): Act {
  const id = ulid(now, crypto.getRandomValues(new Uint8Array(10)))
  return actBy(caller, { id, at: now, action, object, before, after })
}
