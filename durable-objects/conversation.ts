/** The shell of the Conversation actor. */
import { conversationModel } from '../core/conversation/model.ts'
import type { ConversationState } from '../core/conversation/state.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Conversation extends ActorObject<ConversationState> {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, conversationModel)
  }
}
