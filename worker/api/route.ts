/** What a route of the API is, and the one place where its permission and its body's schema are enforced. */
import type * as z from 'zod/mini'
import type { OrgId } from '../../core/ids.ts'
import { asId } from '../../core/ids.ts'
import type { StaffPrincipal } from '../../core/protocol/principal.ts'
import type { Result } from '../../core/result.ts'
import type { SignedIn } from '../auth/sessions.ts'
import { readBody } from '../body.ts'
import type { Database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { problem } from '../problems.ts'

/** `anyone` needs no session; each of the others includes those after it. */
export const permissions = ['anyone', 'staff', 'supervisor', 'administrator'] as const
export type Permission = (typeof permissions)[number]

/** A request as the handlers get it. */
export interface Call {
  readonly env: Env
  readonly db: Database
  readonly request: Request
  readonly query: URLSearchParams
  readonly now: number
  readonly signedIn: SignedIn | undefined
  /** A part of the path; every one has the form of an identifier. */
  param(name: string): string
  /** Sets a cookie with the answer. */
  setCookie(cookie: string): void
}

/** A call of a member of staff whose permission was checked. */
export interface StaffCall extends Call {
  readonly signedIn: SignedIn
  readonly staff: StaffPrincipal
  readonly org: OrgId
}

/** Handlers answer with a value or a refusal; a Response where headers matter. */
export type Answer<T> = Promise<Result<T> | Response>

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly permission: Permission
  /** One sentence for the reference. */
  readonly summary: string
  readonly body: z.ZodMiniType | null
  /** Null: 204 without a body. */
  readonly answers: z.ZodMiniType | null
  serve(call: Call): Promise<Response>
}

type Facts<P extends Permission> = Pick<Route, 'method' | 'path' | 'summary'> & { readonly permission: P }

/** A route for everybody. */
export function open<A extends z.ZodMiniType>(
  facts: Facts<'anyone'>,
  answers: A | null,
  run: (call: Call) => Answer<z.input<A>>,
): Route {
  return { ...facts, body: null, answers, serve: async (call) => respond(await run(call)) }
}

/** A route for everybody, with a body. */
export function openWithBody<B extends z.ZodMiniType, A extends z.ZodMiniType>(
  facts: Facts<'anyone'>,
  body: B,
  answers: A | null,
  run: (call: Call, body: z.output<B>) => Answer<z.input<A>>,
): Route {
  return { ...facts, body, answers, serve: (call) => withBody(call, body, run) }
}

/** A route for staff. */
export function guarded<A extends z.ZodMiniType>(
  facts: Facts<Exclude<Permission, 'anyone'>>,
  answers: A | null,
  run: (call: StaffCall) => Answer<z.input<A>>,
): Route {
  const serve = (call: Call) => admit(call, facts.permission, async (staff) => respond(await run(staff)))
  return { ...facts, body: null, answers, serve }
}

/** A route for staff, with a body; the permission is checked before the body is read. */
export function guardedWithBody<B extends z.ZodMiniType, A extends z.ZodMiniType>(
  facts: Facts<Exclude<Permission, 'anyone'>>,
  body: B,
  answers: A | null,
  run: (call: StaffCall, body: z.output<B>) => Answer<z.input<A>>,
): Route {
  const serve = (call: Call) => admit(call, facts.permission, (staff) => withBody(staff, body, run))
  return { ...facts, body, answers, serve }
}

async function admit(call: Call, needed: Permission, go: (call: StaffCall) => Promise<Response>): Promise<Response> {
  const { signedIn } = call
  if (signedIn === undefined) return problem({ code: 'unauthenticated', message: 'This needs a session.' })
  const staff = signedIn.principal
  if (!mayDo(staff, needed)) return problem({ code: 'forbidden', message: `This is for the role ${needed}.` })
  return go({ ...call, signedIn, staff, org: asId<OrgId>(staff.org) })
}

/** Whether a member of staff has at least this permission. */
export function mayDo(staff: StaffPrincipal, needed: Permission): boolean {
  const own = staff.role === 'agent' ? 'staff' : staff.role
  return permissions.indexOf(own) >= permissions.indexOf(needed)
}

async function withBody<C extends Call, B extends z.ZodMiniType, T>(
  call: C,
  schema: B,
  run: (call: C, body: z.output<B>) => Answer<T>,
): Promise<Response> {
  const body = await readBody(call.request, schema)
  return body.ok ? respond(await run(call, body.value)) : body.response
}

function respond(answer: Result<unknown> | Response): Response {
  if (answer instanceof Response) return answer
  if (!answer.ok) return problem(answer.error)
  return answer.value === undefined ? new Response(null, { status: 204 }) : Response.json(answer.value)
}
