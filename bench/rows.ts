/** Rows that a chat message writes in its conversation, those of indexes and alarms included. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Desk } from './desk.ts'
import type { Room } from './messages.ts'
import { sum } from './stats.ts'

export interface Rows {
  /** One message that nothing follows for a while: it pays for its own way to the record. */
  readonly lone: number
  /** What it costs that the other side has read it. */
  readonly read: number
  /** Ten a second: the way to the record is shared. */
  readonly busy: number
  /** Of the lone message, by table. */
  readonly byTable: Readonly<Record<string, number>>
}

const text = 'A message in an ordinary talk.'
/** The news for the record are collected for a second, and sure to be there after some more. In ms. */
const settled = 9_000
/** What opening the sockets has set off is over by then, in ms. */
const opened = 13_000

export async function rows(desk: Desk, rooms: readonly Room[]): Promise<Rows> {
  await sleep(opened)
  await desk.countAnew()
  for (const { customer } of rooms) await customer.command('post', { text })
  await sleep(settled)
  const lone = (await desk.counts()).rows
  await desk.countAnew()
  // Further than the last message: what counts is the newest there is.
  for (const { agent } of rooms) agent.mark(1_000)
  await sleep(settled)
  const read = (await desk.counts()).rows
  await desk.countAnew()
  const each = 15
  for (let i = 0; i < each; i += 1) {
    for (const { customer } of rooms) await customer.command('post', { text })
    await sleep(100)
  }
  await sleep(settled)
  const busy = (await desk.counts()).rows
  return {
    lone: sum(Object.values(lone)) / rooms.length,
    read: sum(Object.values(read)) / rooms.length,
    busy: sum(Object.values(busy)) / (rooms.length * each),
    byTable: Object.fromEntries(Object.entries(lone).map(([table, count]) => [table, count / rooms.length])),
  }
}
