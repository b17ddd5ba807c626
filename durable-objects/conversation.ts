/** The shell of the Conversation actor. */
import { account } from '../core/conversation/explain.ts'
import { attach, attached, mayAttach } from '../core/conversation/files.ts'
import { erase } from '../core/conversation/life.ts'
import { conversationModel, transcriptPage } from '../core/conversation/model.ts'
import { readPage } from '../core/conversation/reading.ts'
import type { ConversationState } from '../core/conversation/state.ts'
import type { AttachedFile, ConversationRpc, ReadPage, TranscriptPage } from '../core/protocol/actors.ts'
import type { Erased } from '../core/protocol/conversation.ts'
import type { Account } from '../core/protocol/explanation.ts'
import type { FilePolicy } from '../core/protocol/policies.ts'
import type { Principal } from '../core/protocol/principal.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Conversation extends ActorObject<ConversationState> implements ConversationRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, conversationModel)
  }

  async admits(principal: Principal, file = ''): Promise<Result<unknown>> {
    return this.guarded('admits', () => {
      const isGone = this.actor.state.files.get().removed.includes(file)
      return isGone ? refuse('not_found', 'this file was removed') : this.actor.admit(principal)
    })
  }

  async removedFiles(): Promise<readonly string[]> {
    return this.actor.state.files.get().removed
  }

  async explain(principal: Principal): Promise<Result<Account>> {
    return this.guarded('explain', () => {
      const admitted = this.actor.admit(principal)
      return admitted.ok ? ok(account(this.actor.state, Date.now())) : admitted
    })
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

  async read(principal: Principal, after: number): Promise<Result<ReadPage>> {
    return this.guarded('read', () => {
      const admitted = this.actor.admit(principal)
      return admitted.ok ? ok(readPage(this.actor.state, principal, after)) : admitted
    })
  }

  async transcript(seq: number): Promise<TranscriptPage> {
    return transcriptPage(this.actor.state, this.actor.address, seq)
  }

  async erase(why: Erased['why']): Promise<Result<{ entries: number }>> {
    return this.guarded('erase', () =>
      this.actor.decide((state, turn) => {
        const entries = state.life.get().erased === null ? state.log.head : 0
        // One that nobody ever began is none: asking for it leaves no tombstone.
        if (state.talk.get().begun !== null) erase(state, turn, why)
        return ok({ entries })
      }),
    )
  }
}
