/** The shell of the Register actor: a page of who has something to tell. */
import type { RegisterPage, RegisterRpc } from '../core/protocol/actors.ts'
import { type RegisterState, readPage, registerModel } from '../core/register/model.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Register extends ActorObject<RegisterState> implements RegisterRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, registerModel)
  }

  async page(after: number, limit: number): Promise<RegisterPage> {
    return readPage(this.actor.state, after, limit)
  }
}
