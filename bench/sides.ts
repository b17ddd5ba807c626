/** The two sides of the comparison: Parley and the floor, each a server of its own with rooms for the load. */

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, eachOf } from './client.ts'
import { Desk, opening } from './desk.ts'
import type { Room } from './messages.ts'
import { type Server, startFloor, startParley } from './runtime.ts'

export interface Plan {
  readonly stateDir: string
  readonly rounds: number
  /** Of measuring, in each round. */
  readonly seconds: number
}

export interface Side {
  readonly name: 'parley' | 'floor'
  readonly server: Server
  rooms(count: number): Promise<Room[]>
  end(rooms: readonly Room[]): Promise<void>
}

/**
 * What opening and ending rooms leaves to be done shall not be measured, on this side or on the other: a socket is looked
 * after when it has had 10 s to say hello, news for the record for 7 s. In ms.
 */
const opened = 11_000
const ended = 8_000

/** Opens rooms for the work, and ends them after it. */
export async function withRooms<T>(side: Side, count: number, work: (rooms: Room[]) => Promise<T>): Promise<T> {
  const rooms = await side.rooms(count)
  const result = await work(rooms)
  await side.end(rooms)
  return result
}

/** Agents enough for all rooms at once, and both servers up: they take turns. */
export async function withBoth(plan: Plan, work: (sides: readonly Side[]) => Promise<void>): Promise<void> {
  // No console may have to accept more than 20 at once.
  const shape = { queues: 2, agents: 110, capacity: 16 }
  await withServer(join(plan.stateDir, `floor-${Date.now()}`), startFloor, (floor) =>
    withParley(plan, shape, (desk, server) => work([floorSide(floor), parleySide(server, desk)])),
  )
}

function parleySide(server: Server, desk: Desk): Side {
  return {
    name: 'parley',
    server,
    async rooms(count) {
      const rooms = await desk.rooms(count)
      await sleep(opened)
      return rooms
    },
    async end(rooms) {
      await desk.end(rooms)
      await sleep(ended)
    },
  }
}

function floorSide(server: Server): Side {
  let opened = 0
  const rooms = (count: number) =>
    eachOf(Array.from({ length: count }), opening, async () => {
      const room = `${server.url}/room${(opened += 1)}`
      return { customer: await Client.open(room), agent: await Client.open(room) }
    })
  return {
    name: 'floor',
    server,
    rooms,
    async end(all) {
      for (const { customer, agent } of all) {
        customer.close()
        agent.close()
      }
    },
  }
}

export async function withParley<T>(
  plan: Plan,
  shape: Parameters<typeof Desk.open>[1],
  work: (desk: Desk, server: Server) => Promise<T>,
): Promise<T> {
  return withServer(join(plan.stateDir, `parley-${Date.now()}`), startParley, async (server) => {
    const desk = await Desk.open(server.url, shape)
    const result = await work(desk, server)
    desk.close()
    return result
  })
}

export async function withServer<T>(
  stateDir: string,
  start: (stateDir: string) => Promise<Server>,
  work: (server: Server) => Promise<T>,
): Promise<T> {
  const server = await start(stateDir)
  const result = await work(server)
  await server.stop()
  return result
}
