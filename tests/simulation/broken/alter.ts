/** Ways to alter a real model at one point, and what a rule broken on purpose is. */
import type { Model, Turn } from '../../../core/engine/model.ts'
import type { Store } from '../../../core/engine/ports.ts'
import type { Message } from '../../../core/protocol/messages.ts'
import type { RuleName } from '../invariants/rules.ts'
import type { Models } from '../world/city.ts'
import type { Breakage } from '../world/home.ts'
import type { Network } from '../world/weather.ts'

export interface Broken {
  readonly rule: RuleName
  /** What is missing. */
  readonly what: string
  /** The weather in which it shows soonest. */
  readonly network?: Network
  /** The seed with which the search begins: near the one that showed it last. */
  readonly from?: number
  readonly models?: Partial<Models>
  readonly breakage?: Breakage
}

/** The model, with another turn in its hands. */
export function turning<S>(model: Model<S>, change: (turn: Turn) => Partial<Turn>): Model<S> {
  const altered = (turn: Turn): Turn => ({ ...turn, ...change(turn) })
  return {
    ...model,
    receive: (state, turn, from, message) => model.receive(state, altered(turn), from, message),
    command: (state, turn, by, command) => model.command(state, altered(turn), by, command),
    due: (state, turn, name) => model.due(state, altered(turn), name),
    settle: (state, turn) => model.settle(state, altered(turn)),
  }
}

/** The model, with other words sent than it wanted: null keeps a message back. */
export function sending<S>(model: Model<S>, change: (message: Message, turn: Turn) => Message | null): Model<S> {
  return turning(model, (turn) => ({
    send(to, message) {
      const sent = change(message, turn)
      if (sent !== null) turn.send(to, sent)
    },
  }))
}

/** The model, deaf to some messages or hearing others. */
export function hearing<S>(
  model: Model<S>,
  change: (message: Message, state: S, turn: Turn) => Message | null,
): Model<S> {
  return {
    ...model,
    receive(state, turn, from, message) {
      const heard = change(message, state, turn)
      if (heard !== null) model.receive(state, turn, from, heard)
    },
  }
}

/** The model without this timer: it is never set. */
export function without<S>(model: Model<S>, timer: string): Model<S> {
  return turning(model, (turn) => ({
    deadline(name, at) {
      if (!name.startsWith(timer)) turn.deadline(name, at)
    },
  }))
}

/** A store on which some writes have no effect. */
export function forgetting(store: Store, writes: RegExp): Store {
  return {
    exec: (sql, ...params) => (writes.test(sql) ? [] : store.exec(sql, ...params)),
    transaction: (work) => store.transaction(work),
    write: (statements) => store.write(statements.filter(([sql]) => !writes.test(sql))),
  }
}

/** True for some turns: by the last digits of the clock. */
export const sometimes = ({ now }: Turn) => now % 4 === 0
