/** What quiet conversations cost: the memory of their sockets, and the first message after a sleep. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import type { Room } from './messages.ts'
import { type Server, usage } from './runtime.ts'
import { type Spread, spread } from './stats.ts'

/** The runtime lets an actor go after ten quiet seconds; an alarm may have come in between. */
const asleep = 24_000

export interface Idle {
  /** Bytes per socket: a few seconds after the sockets were opened, and when the actors are gone from memory. */
  readonly awake: number
  readonly asleep: number
}

/** Null where the memory of a process cannot be read. */
export async function memory({ pid }: Server, open: () => Promise<readonly Client[]>): Promise<Idle | null> {
  if (pid === undefined) return null
  await sleep(2_000)
  const before = usage(pid).memory
  const sockets = await open()
  await sleep(3_000)
  const awake = (usage(pid).memory - before) / sockets.length
  await sleep(asleep)
  const quiet = (usage(pid).memory - before) / sockets.length
  for (const socket of sockets) socket.close()
  return { awake, asleep: quiet }
}

export interface Wake {
  readonly first: Spread
  readonly second: Spread
}

/** Lets the conversations fall asleep, then writes into one after another, twice. */
export async function wake(rooms: readonly Room[]): Promise<Wake> {
  await sleep(asleep)
  const first: number[] = []
  const second: number[] = []
  for (const { customer } of rooms) {
    first.push(await answerTime(customer))
    await sleep(20)
    second.push(await answerTime(customer))
  }
  return { first: spread(first), second: spread(second) }
}

async function answerTime(client: Client): Promise<number> {
  const begin = performance.now()
  await client.command('post', { text: 'Still there?' })
  return performance.now() - begin
}
