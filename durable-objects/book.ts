/** The shell of the Book actor: publishing and reading the configuration. */
import { type BookState, bookModel, publish, read } from '../core/book/model.ts'
import type { BookRpc } from '../core/protocol/actors.ts'
import type { Config, ConfigInput } from '../core/protocol/config.ts'
import type { Result } from '../core/result.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Book extends ActorObject<BookState> implements BookRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, bookModel)
  }

  /** Repeating the same command id answers the version it made. */
  async publish({
    id,
    by,
    config,
  }: {
    id: string
    by: string
    config: ConfigInput
  }): Promise<Result<{ version: number }>> {
    return this.guarded('publish', () => this.actor.once(by, id, (state, turn) => publish(state, turn, { by, config })))
  }

  async read(version?: number): Promise<Result<{ version: number; config: Config }>> {
    return this.guarded('read', () => read(this.actor.state, version))
  }
}
