/** The shell of the Queue actor. */
import type { QueueRpc } from '../core/protocol/actors.ts'
import { explainWait } from '../core/queue/explain.ts'
import { type QueueState, queueModel } from '../core/queue/model.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Queue extends ActorObject<QueueState> implements QueueRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, queueModel)
  }

  async explain(conversation: string) {
    return explainWait(this.actor.state, conversation)
  }
}
