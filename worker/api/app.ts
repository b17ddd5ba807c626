/** The API as a hono app: mounts the table of routes, and does for all of them what none should have to think of. */
import { type Context, Hono } from 'hono'
import { describeError } from '../../core/describe-error.ts'
import { scopeOf } from '../../core/protocol/permissions.ts'
import type { Origin } from '../../core/protocol/principal.ts'
import { hasKey, readKey } from '../auth/api-keys.ts'
import { hasSession, readSession, type SignedIn } from '../auth/sessions.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { problem } from '../problems.ts'
import { actionsOf, type Call, pathPart, type Route } from './route.ts'
import { routes } from './routes.ts'

type HonoContext = Context<{ Bindings: Env }>

const app = new Hono<{ Bindings: Env }>()
for (const route of routes) app.on(route.method, route.path, (context) => serve(context, route))
app.notFound(({ req }) => {
  const id = crypto.randomUUID()
  // The path is somebody's text: it is not logged.
  log('info', 'api', { request: id, method: req.method, route: null, status: 404 })
  return seal(nothingHere(), id)
})

/** Serves everything under /api. */
export const api = (request: Request, env: Env): Response | Promise<Response> => app.fetch(request, env)

async function serve(context: HonoContext, route: Route): Promise<Response> {
  const began = Date.now()
  const id = crypto.randomUUID()
  const facts = { request: id, method: route.method, route: route.path }
  let org: string | undefined
  let response: Response
  try {
    const who = await whoIs(context.req.raw, context.env, route, began, id)
    org = (who.key ?? who.signedIn?.principal)?.org
    response = precheck(context, route) ?? unfinished(route, who.signedIn) ?? (await answer(context, route, who, began))
  } catch (error) {
    log('error', 'api_failed', { ...facts, error: describeError(error) })
    response = problem({ code: 'internal', message: 'This is our fault; it has been logged.', retry: true })
  }
  log('info', 'api', { ...facts, status: response.status, ms: Date.now() - began, org })
  return seal(response, id)
}

const nothingHere = () => problem({ code: 'not_found', message: 'There is nothing at this address.' })

type Who = Pick<Call, 'signedIn' | 'key'>

/** A member of staff by the session's cookie, a program by its key; who brings a key is no member of staff. */
async function whoIs(request: Request, env: Env, route: Route, now: number, id: string): Promise<Who> {
  const db = database(env.DB)
  const from = originOf(request, id)
  if (hasKey(request)) return { signedIn: undefined, key: await readKey(db, request, now, from) }
  if (!hasSession(request)) return { signedIn: undefined, key: undefined }
  const signedIn = await readSession(env, db, request, now, route.isAutomatic !== true)
  return { signedIn: signedIn && { ...signedIn, principal: { ...signedIn.principal, from } }, key: undefined }
}

function originOf({ headers }: Request, request: string): Origin {
  const address = headers.get('cf-connecting-ip') ?? 'local'
  return { address, client: (headers.get('user-agent') ?? '').slice(0, 200), request }
}

async function answer(context: HonoContext, route: Route, who: Who, now: number) {
  const request = context.req.raw
  const cookies: string[] = []
  const call: Call = {
    env: context.env,
    db: database(context.env.DB),
    request,
    now,
    ...who,
    param: (name) => context.req.param(name) ?? '',
    setCookie: (cookie) => {
      cookies.push(cookie)
    },
  }
  const response = await route.serve(call)
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

/** Who has to have a second factor and has none can only turn it on, or leave. */
function unfinished(route: Route, signedIn: SignedIn | undefined): Response | undefined {
  const isOpen = actionsOf(route).every((action) => action.startsWith('session.'))
  if (signedIn?.mustEnrol !== true || isOpen) return undefined
  return problem({ code: 'second_factor', message: 'Turn on a second factor first: your role has to have one.' })
}

/** What is wrong with a request whatever it asks for. */
function precheck(context: HonoContext, route: Route): Response | undefined {
  if (!sameOrigin(context.req.raw)) {
    return problem({ code: 'forbidden', message: 'Requests that change something must come from this origin.' })
  }
  if (isLedHere(context.req.raw, route)) {
    return problem({ code: 'forbidden', message: 'Other sites cannot lead here.' })
  }
  const parts = Object.values(context.req.param())
  if (parts.some((part) => !pathPart.test(String(part)))) {
    return nothingHere()
  }
  return undefined
}

/**
 * Against forged requests: one that changes something must come from our own pages. A browser says where it comes from
 * in headers that no page can forge; what says nothing and brings no cookie is no browser. A key is sent by no browser of
 * its own accord.
 */
function sameOrigin(request: Request): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true
  if (hasKey(request) && !hasSession(request)) return true
  const { headers } = request
  if ((headers.get('sec-fetch-site') ?? 'same-origin') !== 'same-origin') return false
  const origin = headers.get('origin')
  return origin === null ? !hasSession(request) : origin === new URL(request.url).origin
}

/**
 * Whether a page of another site has brought a member of staff to something that is not for everybody. It would read nothing
 * of it; but an export would be taken, with an act in their name, and how long an answer takes tells something too. A
 * link to a file may stand in a mail.
 */
function isLedHere(request: Request, route: Route): boolean {
  const site = request.headers.get('sec-fetch-site')
  const isForAll = route.customers === true || actionsOf(route).every((action) => scopeOf('anyone', action) === 'all')
  return hasSession(request) && !isForAll && (site === 'cross-site' || site === 'same-site')
}

/** Headers of every answer: which request it is in the logs; it is data, for nobody's cache and in nobody's frame. */
function seal(response: Response, id: string): Response {
  const { headers } = response
  headers.set('x-request-id', id)
  headers.set('cache-control', 'no-store')
  headers.set('x-content-type-options', 'nosniff')
  // A page brings its own, as strict as it can be.
  if (!headers.has('content-security-policy'))
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  headers.set('referrer-policy', 'no-referrer')
  headers.set('cross-origin-resource-policy', 'same-origin')
  headers.set('strict-transport-security', 'max-age=31536000')
  return response
}
