/** The real model, looked at: every handler does what it does, and is noted before. */

import type { Model, RawCommand } from '../../../core/engine/model.ts'
import type { Address } from '../../../core/ids.ts'
import type { Message } from '../../../core/protocol/messages.ts'
import type { Principal } from '../../../core/protocol/principal.ts'

/** What a turn was about. */
export type Seen =
  | { readonly what: 'message'; readonly from: Address; readonly message: Message }
  | { readonly what: 'command'; readonly by: Principal; readonly command: RawCommand }
  | { readonly what: 'due'; readonly name: string }
  | { readonly what: 'connected'; readonly audience: string }
  | { readonly what: 'restored' }
  | { readonly what: 'mark'; readonly by: Principal }

/** A part of a model's state as the living actor has it in memory: its name, and its rows. */
export type Memory = ReadonlyMap<string, () => readonly (readonly [string, object])[]>

export interface Eye {
  seen(seen: Seen): void
  /** The actor has read its state. */
  opened(memory: Memory): void
}

export function observe<S>(model: Model<S>, eye: Eye): Model<S> {
  const note = (seen: Seen) => eye.seen(seen)
  return {
    ...model,
    open(tables) {
      const memory = new Map<string, () => readonly (readonly [string, object])[]>()
      eye.opened(memory)
      return model.open({
        ...tables,
        rows<V extends object>(tab: string) {
          const rows = tables.rows<V>(tab)
          memory.set(tab, () => rows.entries())
          return rows
        },
        cell<V extends object>(tab: string, initial: V) {
          const cell = tables.cell<V>(tab, initial)
          memory.set(tab, () => (cell.get() === initial ? [] : [['', cell.get()]]))
          return cell
        },
      })
    },
    receive(state, turn, from, message) {
      note({ what: 'message', from, message })
      model.receive(state, turn, from, message)
    },
    command(state, turn, by, command) {
      note({ what: 'command', by, command })
      return model.command(state, turn, by, command)
    },
    due(state, turn, name) {
      note({ what: 'due', name })
      model.due(state, turn, name)
    },
    connected(state, turn, audience) {
      note({ what: 'connected', audience })
      model.connected?.(state, turn, audience)
    },
    revive(state, turn) {
      note({ what: 'restored' })
      model.revive?.(state, turn)
    },
    mark(state, turn, by, marks) {
      note({ what: 'mark', by })
      model.mark?.(state, turn, by, marks)
    },
  }
}

/** One line for the trace. */
export function describe(seen: Seen | null): string {
  switch (seen?.what) {
    case 'message':
      return `< ${seen.from.kind}/${seen.from.id} ${JSON.stringify(seen.message)}`
    case 'command':
      return `! ${seen.by.kind} ${seen.command.id} ${seen.command.name} ${JSON.stringify(seen.command.body)}`
    case 'due':
      return `@ ${seen.name}`
    case 'connected':
      return `~ ${seen.audience}`
    case 'restored':
      return '+ restored'
    case 'mark':
      return `: mark by ${seen.by.kind}`
    default:
      return '. housekeeping'
  }
}
