/** The shell of the Queue actor. */
import { type QueueState, queueModel } from '../core/queue/model.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Queue extends ActorObject<QueueState> {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, queueModel)
  }
}
