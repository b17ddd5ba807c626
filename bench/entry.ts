/** Parley as the benchmarks run it: the real worker, and doors by which the driver sets up and counts. */
import { type ActorName, asActorName, asId, type OrgId } from '../core/ids.ts'
import type { ActorEnv } from '../durable-objects/engine/link.ts'
import { bookStub } from '../worker/actors.ts'
import type { Env } from '../worker/env.ts'
import * as parley from '../worker/index.ts'
import { countAnew, counts, noticed } from './counting.ts'
import type { Publish, Starts } from './doors.ts'
import { forgetLags, knownLags, noteArrivals } from './lags.ts'

export { Access, Book, Floor, Limiter, Register, Thread } from '../worker/index.ts'

export class Conversation extends parley.Conversation {
  constructor(ctx: DurableObjectState, env: ActorEnv) {
    super(noticed(ctx), env)
  }
}

export class Queue extends parley.Queue {}
export class Agent extends parley.Agent {}

export default {
  async fetch(request, env): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (!pathname.startsWith('/bench/')) return parley.default.fetch(request, env)
    if (pathname === '/bench/publish') return Response.json(await publish(env, await request.json<Publish>()))
    if (pathname === '/bench/start') return Response.json(await start(env, await request.json<Starts>()))
    if (pathname === '/bench/lags') {
      if (request.method === 'POST') forgetLags()
      return Response.json(knownLags())
    }
    if (request.method === 'POST') countAnew()
    return Response.json(counts())
  },

  async queue(batch, env, context): Promise<void> {
    await parley.default.queue(batch, env, context)
    noteArrivals(batch, Date.now())
  },
} satisfies ExportedHandler<Env & ActorEnv>

async function publish(env: Env, { org, config }: Publish) {
  const book = bookStub(env, asId<OrgId>(org))
  const published = await book.publish({ id: asId(crypto.randomUUID()), by: 'bench', config })
  return published.ok ? await book.read(published.value.version) : published
}

/** As a Thread does it: a packet with one row. Each conversation has a sender of its own, so each is the first. */
async function start(env: ActorEnv, { starts }: Starts) {
  const wave = 50
  for (let i = 0; i < starts.length; i += wave) {
    await Promise.all(
      starts.slice(i, i + wave).map(({ name, message }) => {
        const from: ActorName = asActorName(message.thread)
        const packet = { from, base: 1, rows: [{ n: 1, message }], config: 0 }
        return env.CONVERSATION.getByName(asActorName(name)).receive(packet)
      }),
    )
  }
  return { started: starts.length }
}
