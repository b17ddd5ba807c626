/** The shell of the Conversation actor. */
import { attach, attached, mayAttach } from '../core/conversation/files.ts'
import { conversationModel } from '../core/conversation/model.ts'
import type { ConversationState } from '../core/conversation/state.ts'
import type { AttachedFile, ConversationRpc } from '../core/protocol/actors.ts'
import type { FilePolicy } from '../core/protocol/policies.ts'
import type { Principal } from '../core/protocol/principal.ts'
import type { Result } from '../core/result.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Conversation extends ActorObject<ConversationState> implements ConversationRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, conversationModel)
  }

  async admits(principal: Principal): Promise<Result<unknown>> {
    return this.guarded('admits', () => this.actor.admit(principal))
  }

  async mayAttach(principal: Principal, lease: number): Promise<Result<FilePolicy>> {
    return this.guarded('mayAttach', () => {
      const admitted = this.actor.admit(principal)
      return admitted.ok ? mayAttach(this.actor.state, principal, lease, Date.now()) : admitted
    })
  }

  async attach(principal: Principal, file: AttachedFile): Promise<Result<{ seq: number }>> {
    return this.guarded('attach', () => {
      const admitted = this.actor.admit(principal)
      return admitted.ok ? this.actor.decide((state, turn) => attach(state, turn, principal, file)) : admitted
    })
  }

  async attached(principal: Principal, id: string): Promise<boolean> {
    return attached(this.actor.state, principal, id)
  }
}
