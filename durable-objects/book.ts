/** The shell of the Book actor: publishing and reading the configuration. */
import { bookModel, newestUnless, pinChat, publish, read, returnTo } from '../core/book/model.ts'
import { type BookState, versions } from '../core/book/versions.ts'
import type { BookRpc, NewestChat, NewestConfig } from '../core/protocol/actors.ts'
import type { Published } from '../core/protocol/book-messages.ts'
import type { ConfigVersion } from '../core/protocol/config.ts'
import { ok, type Result } from '../core/result.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Book extends ActorObject<BookState> implements BookRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, bookModel)
  }

  /** Repeating the same command id answers the version it made. */
  async publish({ id, ...what }: Parameters<BookRpc['publish']>[0]): Promise<Result<{ version: number }>> {
    return this.guarded('publish', () => this.actor.once(what.by, id, (state, turn) => publish(state, turn, what)))
  }

  async returnTo({ id, ...what }: Parameters<BookRpc['returnTo']>[0]): Promise<Result<{ version: number }>> {
    return this.guarded('returnTo', () => this.actor.once(what.by, id, (state, turn) => returnTo(state, turn, what)))
  }

  async read(version?: number): Promise<Result<Published>> {
    return this.guarded('read', () => read(this.actor.state, version))
  }

  async newest(mark: string): Promise<Result<NewestConfig>> {
    return this.guarded('newest', () => newestUnless(this.actor.state, mark))
  }

  async newestChat(mark: string): Promise<Result<NewestChat>> {
    return this.guarded('newestChat', () => {
      const answer = newestUnless(this.actor.state, mark)
      if (!answer.ok || answer.value.published === undefined) return answer
      return ok({ mark: answer.value.mark, pinned: pinChat(answer.value.published) })
    })
  }

  async versions(): Promise<ConfigVersion[]> {
    return versions(this.actor.state)
  }
}
