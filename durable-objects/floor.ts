/** The shell of the Floor actor: what the edge asks of it, and what the conveyor tells it. */
import { lookAtFloor } from '../core/floor/lease.ts'
import { floorModel } from '../core/floor/model.ts'
import { beginRecall, endRecall, recall, recorded } from '../core/floor/recall.ts'
import { rowsFor } from '../core/floor/rows.ts'
import type { FloorState } from '../core/floor/state.ts'
import type { Row } from '../core/floor/tally.ts'
import type { FloorRpc } from '../core/protocol/actors.ts'
import type { ActorEnv } from './engine/link.ts'
import { ActorObject } from './engine/object.ts'

export class Floor extends ActorObject<FloorState> implements FloorRpc {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(ctx, env, floorModel)
  }

  async read(audience: string) {
    this.actor.decide((state, turn) => lookAtFloor(state, turn, null))
    return { at: Date.now(), rows: rowsFor(this.actor.state, audience) }
  }

  async recorded(rows: readonly Row[], gap: boolean): Promise<boolean> {
    return this.actor.decide((state, turn) => recorded(state, turn, rows, gap))
  }

  async beginRecall(n: number) {
    return this.actor.decide((state, turn) => beginRecall(state, turn, n))
  }

  async recall(n: number, rows: readonly Row[]): Promise<boolean> {
    return recall(this.actor.state, n, rows)
  }

  async endRecall(n: number): Promise<void> {
    this.actor.decide((state) => endRecall(state, n))
  }
}
