/** The shell of the Register actor: a page of who has something to tell, and who is not in it. */
import type { ActorName } from '../core/ids.ts'
import type { RegisterPage, RegisterRpc } from '../core/protocol/actors.ts'
import { enrol, lacking, type RegisterState, readPage, registerModel } from '../core/register/model.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Register extends ActorObject<RegisterState> implements RegisterRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, registerModel)
  }

  async page(after: number, limit: number): Promise<RegisterPage> {
    return readPage(this.actor.state, after, limit)
  }

  async lacking(names: readonly ActorName[]): Promise<ActorName[]> {
    return lacking(this.actor.state, names)
  }

  async enrol(names: readonly ActorName[]): Promise<void> {
    this.actor.decide((state, turn) => enrol(state, turn, names))
  }
}
