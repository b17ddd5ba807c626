/** The shell of the Access actor: what the edge asks before a socket opens, and tells when a session or a right ends. */
import { type AccessState, accessModel, end, enter, prolong, raise } from '../core/access/model.ts'
import type { ActorName } from '../core/ids.ts'
import type { AccessRpc } from '../core/protocol/actors.ts'
import type { StaffSession } from '../core/protocol/principal.ts'
import type { Result } from '../core/result.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Access extends ActorObject<AccessState> implements AccessRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, accessModel)
  }

  async enter(session: StaffSession, actor: ActorName): Promise<Result<void>> {
    return this.guarded('enter', () => this.actor.decide((state, turn) => enter(state, turn, session, actor)))
  }

  async prolong(session: StaffSession): Promise<void> {
    this.actor.decide((state, turn) => prolong(state, turn, session))
  }

  async end(session: string): Promise<void> {
    this.actor.decide((state, turn) => end(state, turn, session))
  }

  async raise(rights: number): Promise<void> {
    this.actor.decide((state, turn) => raise(state, turn, rights))
  }
}
