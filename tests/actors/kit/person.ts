/** A client that comes back: the product's own outbox and streams over a real socket that may break at any time. */
import { Outbox, type Outcome } from '../../../client/net/outbox.ts'
import { begin, type Folder, fold, type Stream } from '../../../client/net/stream.ts'
import type { ActorName } from '../../../core/ids.ts'
import type { ServerFrame } from '../../../core/protocol/frames.ts'
import type { Principal } from '../../../core/protocol/principal.ts'
import { actorStub } from '../../../worker/actors.ts'
import { upgradeFor } from '../../../worker/connect.ts'
import { env } from '../env.ts'
import { Line } from './line.ts'

export class Person<T> {
  readonly principal: Principal
  readonly outcomes: Promise<Outcome>[] = []
  gaps = 0
  stream: Stream<T>
  view: unknown
  line: Line | null = null
  readonly #actor: ActorName
  readonly #folder: Folder<T>
  readonly #outbox: Outbox
  #posted = 0

  constructor(actor: ActorName, principal: Principal, folder: Folder<T>) {
    this.#actor = actor
    this.principal = principal
    this.#folder = folder
    this.stream = begin(folder)
    // Its clock never runs out: what is sent again is sent again because of a reconnect.
    const clock = { now: () => ++this.#posted, random: () => 0, after: () => () => {} }
    this.#outbox = new Outbox({ clock, send: (frame) => this.line?.send(frame), save: () => {}, changed: () => {} })
  }

  async connect(): Promise<void> {
    const request = upgradeFor({ actor: this.#actor, principal: this.principal })
    const response = await actorStub(env, this.#actor).fetch(request)
    if (response.webSocket === null) throw new Error(`no socket: ${response.status}`)
    const line = new Line(response.webSocket)
    this.line = line
    line.onFrame = (frame) => this.#take(frame)
    void line.closed.then(() => this.#outbox.lost())
    await line.hello(this.stream.position ?? undefined)
    this.#outbox.opened()
  }

  /** Gives a command; it is answered in the end, however often the line breaks. */
  command(name: string, body: unknown, id: string): Promise<Outcome> {
    const outcome = this.#outbox.command(name, body, { id })
    this.outcomes.push(outcome)
    return outcome
  }

  #take(frame: ServerFrame): void {
    const { stream, gap } = fold(this.#folder, this.stream, frame)
    this.stream = stream
    if (gap) this.gaps += 1
    if (frame.t === 'view') this.view = frame.body
    if (frame.t === 'reply' || frame.t === 'refused') this.#outbox.take(frame)
  }
}
