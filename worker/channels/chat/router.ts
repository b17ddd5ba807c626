/** The web chat's entrance, called by widgets from any shop's page. */
import { type IRequest, Router } from 'itty-router'
import { preflight, readable } from '../../cors.ts'
import type { Env } from '../../env.ts'
import { problem } from '../../problems.ts'
import { askForPage } from './page.ts'
import { openChat } from './session.ts'

const router = Router<IRequest, [request: Request, env: Env]>({ base: '/channels/chat' })
router
  .options('*', preflight)
  .post('/:organisation/session', ({ params }, request, env) => openChat(request, env, params['organisation'] ?? ''))
  .get('/:organisation/page', ({ params }, request, env) => askForPage(request, env, params['organisation'] ?? ''))
  .all('*', () => problem({ code: 'not_found', message: 'There is nothing at this address.' }))

/** Serves everything under /channels/chat. */
export async function chat(request: Request, env: Env): Promise<Response> {
  // itty-router writes into the request it routes, and the platform's own may not be written to.
  const { method, url, headers } = request
  const answer: Response = await router.fetch({ method, url, headers }, request, env)
  return readable(answer)
}
