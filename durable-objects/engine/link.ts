/** The Link port: packets to other actors by RPC, items for the world into the platform's queues. */

import type { Packet } from '../../core/engine/mail.ts'
import type { Link, WorldItem } from '../../core/engine/ports.ts'
import { type ActorKind, type ActorName, parseAddress } from '../../core/ids.ts'
import type { BookRpc } from '../../core/protocol/actors.ts'

/** What an actor takes from other actors. */
export interface Receiver {
  receive(packet: Packet): Promise<number>
}

interface Namespace<Rpc> {
  getByName(name: string): Rpc
}

/** What the platform binds to the actors. */
export interface ActorEnv {
  readonly THREAD: Namespace<Receiver>
  readonly CONVERSATION: Namespace<Receiver>
  readonly QUEUE: Namespace<Receiver>
  readonly AGENT: Namespace<Receiver>
  readonly ACCESS: Namespace<Receiver>
  readonly LIMITER: Namespace<Receiver>
  readonly BOOK: Namespace<Receiver & Pick<BookRpc, 'read' | 'newestChat'>>
  readonly REGISTER: Namespace<Receiver>
  readonly FLOOR: Namespace<Receiver>
  readonly PROJECTION: { send(body: string, options: { contentType: 'text' }): Promise<unknown> }
}

export function bindLink(env: ActorEnv): Link {
  const namespaces: Record<ActorKind, Namespace<Receiver>> = {
    thread: env.THREAD,
    conversation: env.CONVERSATION,
    queue: env.QUEUE,
    agent: env.AGENT,
    book: env.BOOK,
    access: env.ACCESS,
    limiter: env.LIMITER,
    register: env.REGISTER,
    floor: env.FLOOR,
  }
  return {
    // A stub that threw is broken: each packet gets a new one.
    toActor: (to: ActorName, packet: Packet) => namespaces[parseAddress(to).kind].getByName(to).receive(packet),
    async toWorld(items: readonly WorldItem[]) {
      // As text, which the carrier need not take apart.
      await Promise.all(items.map(({ body }) => env.PROJECTION.send(JSON.stringify(body), { contentType: 'text' })))
    },
  }
}
