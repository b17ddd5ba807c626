/** What a route of the API is, and the one place where its permission and its schemas are enforced. */
import type * as z from 'zod/mini'
import type { OrgId } from '../../core/ids.ts'
import { asId } from '../../core/ids.ts'
import { commandId } from '../../core/protocol/api.ts'
import {
  type Action,
  type GuardedAction,
  isKeyAction,
  type OpenAction,
  scopeFor,
  scopeOf,
} from '../../core/protocol/permissions.ts'
import type { Caller, KeyPrincipal, StaffPrincipal } from '../../core/protocol/principal.ts'
import { type FaultCode, ok, type Result, refuse } from '../../core/result.ts'
import { Counter } from '../auth/limits.ts'
import type { SignedIn } from '../auth/sessions.ts'
import { mostBody, parseBody, readBody, readText } from '../body.ts'
import type { Database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { problem, schemaProblem, tooMany } from '../problems.ts'
import { once } from './once.ts'

/** What a part of a path that a route names may look like. */
export const pathPart = /^[A-Za-z0-9_.:~-]{1,128}$/

/** A request as the handlers get it. */
export interface Call {
  readonly env: Env
  readonly db: Database
  readonly request: Request
  readonly now: number
  readonly signedIn: SignedIn | undefined
  /** Which program asks, by its API key; nobody is signed in then. */
  readonly key: KeyPrincipal | undefined
  /** A part of the path; every one has the form of an identifier. */
  param(name: string): string
  /** Sets a cookie with the answer. */
  setCookie(cookie: string): void
}

/** A call whose permission was checked. */
export interface GuardedCall extends Call {
  readonly by: Caller
  readonly org: OrgId
}

/** One of a member of staff. */
export interface StaffCall extends GuardedCall {
  readonly signedIn: SignedIn
  readonly staff: StaffPrincipal
}

/** Handlers answer with a value or a refusal; a Response where headers matter. */
export type Answer<T> = Promise<Result<T> | Response>

/**
 * `command`: it stands for the id of the command, which the actor takes once; `required`: the same, and the body has no
 * other place for it; `kept`: the edge keeps the first answer, see `once.ts`.
 */
export type KeyUse = 'command' | 'required' | 'kept'

/** What the reference says of a route. */
export interface RouteFacts {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** What it does, by the table of permissions; where there are several, the body says which. */
  readonly action: Action | readonly Action[]
  /** One sentence for the reference. */
  readonly summary: string
  /** Why it may refuse, beyond what follows from its form: see {@link refusalsOf}. */
  readonly refuses?: readonly FaultCode[]
  /** What the answer is when it is not JSON; that of files is any type. */
  readonly media?: string
  /** What the body is when it is not JSON. */
  readonly takes?: string
  /** Whether customers may ask too, by the ticket of their conversation. */
  readonly customers?: boolean
  /** What it does with the header `Idempotency-Key`. */
  readonly key?: KeyUse
  /** Asked by programs of their own accord: it does not keep an unused session from ending. */
  readonly isAutomatic?: true
  /** The longest body, in bytes; absent: {@link mostBody}. */
  readonly most?: number
}

export interface Route extends RouteFacts {
  readonly query: z.ZodMiniObject | null
  readonly body: z.ZodMiniType | null
  /** Null: 204 without a body. */
  readonly answers: z.ZodMiniType | null
  serve(call: Call): Promise<Response>
}

interface OpenFacts extends RouteFacts {
  readonly action: OpenAction
}
interface StaffFacts extends RouteFacts {
  readonly action: GuardedAction | readonly GuardedAction[]
}

/** A route for everybody. */
export function open<A extends z.ZodMiniType>(
  facts: OpenFacts,
  answers: A | null,
  run: (call: Call) => Answer<z.input<A>>,
): Route {
  return { ...facts, query: null, body: null, answers, serve: async (call) => respond(await run(call)) }
}

/** A route for everybody, with a body. */
export function openWithBody<B extends z.ZodMiniType, A extends z.ZodMiniType>(
  facts: OpenFacts,
  body: B,
  answers: A | null,
  run: (call: Call, body: z.output<B>) => Answer<z.input<A>>,
): Route {
  return { ...facts, query: null, body, answers, serve: (call) => withBody(call, body, run, facts.most) }
}

/** A route for staff, and for keys that have its action. */
export function guarded<A extends z.ZodMiniType>(
  facts: StaffFacts,
  answers: A | null,
  run: (call: GuardedCall) => Answer<z.input<A>>,
): Route {
  const serve = (call: Call) => admit(call, facts, async (call) => respond(await run(call)))
  return { ...facts, query: null, body: null, answers, serve }
}

/** A route as {@link guarded}, with parameters in the query; those that are not in the schema are ignored. */
export function guardedWithQuery<Q extends z.ZodMiniObject, A extends z.ZodMiniType>(
  facts: StaffFacts,
  query: Q,
  answers: A | null,
  run: (call: GuardedCall, query: z.output<Q>) => Answer<z.input<A>>,
): Route {
  const serve = (call: Call) => admit(call, facts, (call) => withQuery(call, query, run))
  return { ...facts, query, body: null, answers, serve }
}

/** A route as {@link guarded}, with a body; the permission is checked before the body is read. */
export function guardedWithBody<B extends z.ZodMiniType, A extends z.ZodMiniType>(
  facts: StaffFacts,
  body: B,
  answers: A | null,
  run: (call: GuardedCall, body: z.output<B>) => Answer<z.input<A>>,
): Route {
  const read = (call: GuardedCall) =>
    facts.key === 'kept' ? keptBody(call, body, run) : withBody(call, body, run, facts.most)
  return { ...facts, query: null, body, answers, serve: (call) => admit(call, facts, read) }
}

/** A route as {@link guarded}, with both; its answer is not kept under a key. */
export function guardedWithQueryAndBody<Q extends z.ZodMiniObject, B extends z.ZodMiniType, A extends z.ZodMiniType>(
  facts: StaffFacts & { readonly key?: Exclude<KeyUse, 'kept'> },
  query: Q,
  body: B,
  answers: A | null,
  run: (call: GuardedCall, query: z.output<Q>, body: z.output<B>) => Answer<z.input<A>>,
): Route {
  const read = (call: GuardedCall) =>
    parseQuery(call, query, (given) => withBody(call, body, (call, input) => run(call, given, input), facts.most))
  return { ...facts, query, body, answers, serve: (call) => admit(call, facts, read) }
}

/** What a route may be about to do. */
export const actionsOf = ({ action }: Pick<RouteFacts, 'action'>): readonly Action[] =>
  typeof action === 'string' ? [action] : action

/** The names of a path's variable parts. */
export const partsOf = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

/** Every code with which a route may refuse: what its form brings along, and what it says itself. */
export function refusalsOf(route: Pick<Route, 'query' | 'body'> & RouteFacts): FaultCode[] {
  const isSafe = route.method === 'GET'
  const takesInput = route.query !== null || route.body !== null || route.key !== undefined
  const actions = actionsOf(route)
  const isGuarded = actions.some((action) => scopeOf('anyone', action) === 'none')
  const byForm: [FaultCode, boolean][] = [
    ['bad_input', takesInput],
    ['unauthenticated', isGuarded],
    ['second_factor', !actions.every((action) => action.startsWith('session.'))],
    // Unsafe requests of another origin, or a role or a key that is not enough.
    ['forbidden', !isSafe || isGuarded],
    ['not_found', partsOf(route.path).length > 0],
    ['too_large', route.body !== null],
    ['conflict', route.key === 'kept'],
    ['slow_down', actions.some(isKeyAction)],
    ['internal', true],
  ]
  const given = byForm.flatMap(([code, does]) => (does ? [code] : []))
  return [...new Set([...given, ...(route.refuses ?? [])])]
}

/** The request's `Idempotency-Key`, if it has one. */
export function keyOf(request: Request): Result<string | undefined> {
  const key = request.headers.get('idempotency-key') ?? undefined
  if (key === undefined || commandId.test(key)) return ok(key)
  return refuse('bad_input', 'must be 8 to 64 letters, digits, - or _', { field: 'Idempotency-Key' })
}

/** The one place where it is decided whether a route is open to a caller: member of staff or program. */
async function admit(call: Call, facts: RouteFacts, go: (call: GuardedCall) => Promise<Response>): Promise<Response> {
  const by = call.key ?? call.signedIn?.principal
  if (by === undefined) return problem({ code: 'unauthenticated', message: 'This needs a session, or a good key.' })
  if (actionsOf(facts).every((action) => scopeFor(by, action) === 'none')) {
    return problem(by.kind === 'key' ? notGiven.error : notYours.error)
  }
  const org = asId<OrgId>(by.org)
  const wait = by.kind === 'key' ? await (await Counter.of(call.env, 'key', [by.id], org)).take() : 0
  return wait > 0 ? tooMany('Too many requests with this key', wait) : go({ ...call, by, org })
}

/** A handler that needs a person: no key has the actions of its route. */
export const inPerson =
  <Input extends unknown[], T>(run: (call: StaffCall, ...input: Input) => Answer<T>) =>
  async (call: GuardedCall, ...input: Input): Answer<T> =>
    call.signedIn === undefined
      ? notGiven
      : run({ ...call, signedIn: call.signedIn, staff: call.signedIn.principal }, ...input)

/** What a key was not given, or no key can be. */
const notGiven = refuse('forbidden', 'This key may not do this.')

/** What a role may not do, or may do to its own only. */
export const notYours = refuse('forbidden', 'Your role may not do this.')

/** Answers when the query fits. */
export const withQuery = <C extends Call, Q extends z.ZodMiniObject, T>(
  call: C,
  schema: Q,
  run: (call: C, query: z.output<Q>) => Answer<T>,
): Promise<Response> => parseQuery(call, schema, async (query) => respond(await run(call, query)))

async function parseQuery<Q extends z.ZodMiniObject>(
  { request }: Call,
  schema: Q,
  go: (query: z.output<Q>) => Promise<Response>,
): Promise<Response> {
  const query = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  return query.success ? go(query.data) : schemaProblem(query.error, 'The query')
}

/** Answers when the body fits. */
export async function withBody<C extends Call, B extends z.ZodMiniType, T>(
  call: C,
  schema: B,
  run: (call: C, body: z.output<B>) => Answer<T>,
  most = mostBody,
): Promise<Response> {
  const body = await readBody(call.request, schema, most)
  return body.ok ? respond(await run(call, body.value)) : body.response
}

/** As {@link withBody}, once for each key. */
async function keptBody<B extends z.ZodMiniType, T>(
  call: GuardedCall,
  schema: B,
  run: (call: GuardedCall, body: z.output<B>) => Answer<T>,
): Promise<Response> {
  const key = keyOf(call.request)
  if (!key.ok) return problem(key.error)
  const text = await readText(call.request)
  if (!text.ok) return text.response
  const carryOut = async () => {
    const body = parseBody(text.value, schema)
    return body.ok ? respond(await run(call, body.value)) : body.response
  }
  if (key.value === undefined) return carryOut()
  const { pathname, search } = new URL(call.request.url)
  const route = `${call.request.method} ${pathname}${search}`
  const keyed = { org: call.org, caller: call.by.id, route, key: key.value, body: text.value }
  return once(call.db, keyed, call.now, carryOut)
}

/** An answer as it goes out. */
export function respond(answer: Result<unknown> | Response): Response {
  if (answer instanceof Response) return answer
  if (!answer.ok) return problem(answer.error)
  return answer.value === undefined ? new Response(null, { status: 204 }) : Response.json(answer.value)
}
