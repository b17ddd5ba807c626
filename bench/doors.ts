/** What the driver and the bench's entry of the worker say to each other. */
import type { Config, ConfigInput } from '../core/protocol/config.ts'
import type { Start } from '../core/protocol/messages.ts'

/** `POST /bench/publish` */
export interface Publish {
  readonly org: string
  readonly config: ConfigInput
}
export interface Published {
  readonly version: number
  readonly config: Config
}

/** `POST /bench/start`: conversations that begin to exist, as their Threads would begin them. */
export interface Starts {
  readonly starts: readonly { readonly name: string; readonly message: Start }[]
}

/** `POST /bench/count` begins to count, `GET /bench/count` answers. */
export interface Counts {
  /** Lives of actors that began since the server did. */
  readonly wakes: number
  /** Rows written by table, those of indexes included; an alarm that was set counts as a row. */
  readonly rows: Readonly<Record<string, number>>
  /** Messages that were committed to an actor's outbox, by type. */
  readonly messages: Readonly<Record<string, number>>
}

/** `POST /bench/lags` begins anew, `GET /bench/lags` answers: of each message that came, how long it was under way, in ms. */
export interface Lags {
  /** To the record. */
  readonly projection: number[]
  /** To the search index. */
  readonly search: number[]
  /** When the last one came to the record, in ms since 1970. */
  lastAt: number
}
