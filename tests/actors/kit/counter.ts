/** Counts what a life costs: rows and alarms that an actor writes, and messages that actors take from each other. */
import { runInDurableObject } from 'cloudflare:test'
import { vi } from 'vitest'
import type { Packet } from '../../../core/engine/mail.ts'
import { ActorObject } from '../../../durable-objects/engine/object.ts'
import type { Company } from './company.ts'

export interface Costs {
  rows: number
  alarms: number
  /** Statements that wrote, in short. */
  readonly statements: string[]
}

type Stub = ReturnType<Company['conversation' | 'agent' | 'queue']>

/** Counts from now on, until the actor is evicted. Index entries are rows too, as on the bill. */
export async function countWrites(stub: Stub): Promise<Costs> {
  const costs: Costs = { rows: 0, alarms: 0, statements: [] }
  await runInDurableObject(stub, (_instance, { storage }) => {
    const { sql } = storage
    const exec = sql.exec.bind(sql)
    const counting = (statement: string, ...values: unknown[]) => {
      const cursor = exec(statement, ...values)
      const rows = cursor.toArray()
      if (cursor.rowsWritten > 0) costs.statements.push(`${cursor.rowsWritten} ${short(statement)} ${values[0]}`)
      costs.rows += cursor.rowsWritten
      return { toArray: () => rows }
    }
    Reflect.set(sql, 'exec', counting)
    const setAlarm = storage.setAlarm.bind(storage)
    storage.setAlarm = (at) => {
      costs.alarms += 1
      return setAlarm(at)
    }
  })
  return costs
}

export interface Taken {
  readonly from: string
  readonly to: string
  readonly type: string
}

/** Records the messages that actors take from now on; each one once, at the moment of its effect. */
export function recordMessages() {
  const taken: Taken[] = []
  const cursors = new Map<string, number>()
  const real = ActorObject.prototype.receive
  const spy = vi.spyOn(ActorObject.prototype, 'receive').mockImplementation(async function (
    this: ActorObject<unknown>,
    packet: Packet,
  ) {
    const to = this.actor.name
    const pair = `${packet.from}>${to}`
    const cursor = await real.call(this, packet)
    for (const { n, message } of packet.rows) {
      if (n > cursor || n <= (cursors.get(pair) ?? 0)) continue
      cursors.set(pair, n)
      taken.push({ from: kindOf(packet.from), to: kindOf(to), type: message.type })
    }
    return cursor
  })
  return { taken, end: () => spy.mockRestore() }
}

const kindOf = (name: string) => name.split('/')[1] ?? ''
const short = (statement: string) => statement.replaceAll(/\s+/g, ' ').slice(0, 40)
