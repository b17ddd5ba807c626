/** The edge: everything from outside comes in here, and the platform finds the actors' classes here. */

import { describeError } from '../core/describe-error.ts'
import { api } from './api/app.ts'
import { oidc } from './auth/oidc.ts'
import { widgetPage } from './channels/chat/page.ts'
import { chat } from './channels/chat/router.ts'
import { connect } from './connect.ts'
import { preflight, readable } from './cors.ts'
import { forward, indexBatch } from './db/indexing.ts'
import { project } from './db/projection.ts'
import { runDuties } from './duties.ts'
import type { Env } from './env.ts'
import { tellFloors } from './floor/feed.ts'
import { runErrands } from './life/errands.ts'
import { log } from './log.ts'
import { poll } from './poll.ts'
import { problem } from './problems.ts'

export { Access } from '../durable-objects/access.ts'
export { Agent } from '../durable-objects/agent.ts'
export { Book } from '../durable-objects/book.ts'
export { Conversation } from '../durable-objects/conversation.ts'
export { Floor } from '../durable-objects/floor.ts'
export { Limiter } from '../durable-objects/limiter.ts'
export { Queue } from '../durable-objects/queue.ts'
export { Register } from '../durable-objects/register.ts'
export { Thread } from '../durable-objects/thread.ts'

export default {
  async fetch(request, env): Promise<Response> {
    try {
      return await route(request, env)
    } catch (error) {
      log('error', 'fetch_failed', { area: new URL(request.url).pathname.split('/')[1], error: describeError(error) })
      return readable(problem({ code: 'internal', message: 'This is our fault; it has been logged.', retry: true }))
    }
  },

  async queue(batch, env, context): Promise<void> {
    if (batch.queue === 'search') return indexBatch(env.DB, env.SEARCH, batch)
    await project(env.DB, batch, async (records) => {
      await forward(env.INDEXING, records)
      await tellFloors(env, records)
    })
    // Beside the conveyor: what fails here is done by the minute.
    context.waitUntil(runErrands(env, Date.now()))
  },

  async scheduled(event, env): Promise<void> {
    await runDuties(env, event.scheduledTime)
  },
} satisfies ExportedHandler<Env>

/** Static files are served before the worker is asked; see `assets` in wrangler.toml. */
async function route(request: Request, env: Env): Promise<Response> {
  const [, area, kind, id, ...rest] = new URL(request.url).pathname.split('/')
  if (area === 'api' || area === 'files') return api(request, env)
  if (area === 'sign-in') return oidc(request, env)
  if (area === 'channels' && kind === 'chat') return chat(request, env)
  if (area === 'widget') return widgetPage(request, env)
  const toActor = kind !== undefined && id !== undefined && rest.length === 0
  if (area === 'connect' && toActor && request.method === 'GET') return connect(request, env, kind, id)
  if (area === 'poll' && toActor && request.method === 'OPTIONS') return preflight()
  if (area === 'poll' && toActor && request.method === 'POST') return readable(await poll(request, env, kind, id))
  return problem({ code: 'not_found', message: 'There is nothing at this address.' })
}
