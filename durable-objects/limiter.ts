/** The shell of the Limiter actor. */
import { giveBack, type Limit, type LimiterState, limiterModel, take } from '../core/limiter/model.ts'
import type { LimiterRpc } from '../core/protocol/actors.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Limiter extends ActorObject<LimiterState> implements LimiterRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, limiterModel)
  }

  async take(key: string, limit: Limit): Promise<number> {
    return this.actor.decide((state, turn) => take(state, turn, key, limit))
  }

  async giveBack(key: string, how: 'one' | 'all'): Promise<void> {
    this.actor.decide((state) => giveBack(state, key, how))
  }
}
