/** The shell of the Agent actor. */
import { type AgentState, agentModel } from '../core/agent/model.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Agent extends ActorObject<AgentState> {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, agentModel)
  }
}
