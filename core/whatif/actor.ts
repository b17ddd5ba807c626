/** An actor in virtual time: the real model over rows that are kept in memory only. */
import type { Model, Turn } from '../engine/model.ts'
import { Parts } from '../engine/parts.ts'
import type { ActorName, Address } from '../ids.ts'
import type { Message } from '../protocol/messages.ts'
import type { Principal } from '../protocol/principal.ts'

/** What is around an actor. */
export interface Around {
  now(): number
  newId(): string
  send(from: Address, to: ActorName, message: Message): void
  /** Does something at an instant, or at once if that is past. */
  at(when: number, what: () => void): void
}

const memory = { exec: () => [], transaction: <T>(work: () => T) => work(), write: () => {} }

export class Actor<S> {
  readonly state: S
  readonly self: Address
  readonly #model: Model<S>
  readonly #parts = new Parts(memory)
  readonly #turn: Turn
  readonly #now: () => number
  readonly #deadlines = new Map<string, number>()
  readonly #heard: (actor: Actor<S>) => void

  /** `heard` is told at the end of each turn, while what it added is still fresh. */
  constructor(model: Model<S>, self: Address, around: Around, heard: (actor: Actor<S>) => void) {
    this.state = model.open(this.#parts)
    this.self = self
    this.#model = model
    this.#now = around.now
    this.#heard = heard
    this.#turn = {
      self,
      get now() {
        return around.now()
      },
      newId: around.newId,
      send: (to, message) => around.send(self, to, message),
      deadline: (name, at) => this.#deadline(around, name, at),
      // Everybody's console is there and looks.
      seen: around.now,
      letGo: () => {},
      audit: () => {},
    }
  }

  receive(from: Address, message: Message): void {
    this.#take(() => this.#model.receive(this.state, this.#turn, from, message))
  }

  /** False when it was refused. */
  command(by: Principal, name: string, body: object): boolean {
    let isDone = false
    this.#take(() => {
      const { result } = this.#model.command(this.state, this.#turn, by, { id: this.#turn.newId(), name, body })
      isDone = result.ok
    })
    return isDone
  }

  #deadline(around: Around, name: string, at: number | null): void {
    if (at === null) {
      this.#deadlines.delete(name)
      return
    }
    if (this.#deadlines.get(name) === at) return
    this.#deadlines.set(name, at)
    around.at(at, () => this.#due(name, at))
  }

  /** A deadline that was moved or lifted since is none. */
  #due(name: string, at: number): void {
    if (this.#deadlines.get(name) !== at || at > this.#now()) return
    this.#deadlines.delete(name)
    this.#take(() => this.#model.due(this.state, this.#turn, name))
  }

  #take(work: () => void): void {
    work()
    this.#model.settle(this.state, this.#turn)
    this.#heard(this)
    this.#parts.settled()
  }
}
