/** `POST /channels/chat/:organisation/session`: who opened the widget, which conversation that is, and a ticket for it. */
import type * as z from 'zod/mini'
import { address, asId, type CommandId, type ConversationId, type CustomerId, type OrgId } from '../../../core/ids.ts'
import type { Customer, Standing } from '../../../core/protocol/actors.ts'
import { type ChatSession, ChatSessionRequest, type EarlierTalk, MOST_TALKS } from '../../../core/protocol/api.ts'
import { STRANGER } from '../../../core/widget/pre-chat.ts'
import { threadStub } from '../../actors.ts'
import { randomToken } from '../../auth/keys.ts'
import { addressOf, Counter } from '../../auth/limits.ts'
import { readUser, readVisitor, signTicket, signVisitor } from '../../auth/tokens.ts'
import { readBody } from '../../body.ts'
import { type Database, database } from '../../db/client.ts'
import { conversationById, listConversations } from '../../db/conversations.ts'
import { customerOf, type Known, organisationById } from '../../db/customers.ts'
import type { Env } from '../../env.ts'
import { problem, tooMany } from '../../problems.ts'
import { isWelcome, unwelcome } from './origins.ts'
import { threadOf } from './thread.ts'

/** Whether an organisation could be called so. */
export const isOrganisationId = (id: string) => /^[a-z0-9-]{1,63}$/.test(id)

/** Answers with a ChatSession, or with a problem document. */
export async function openChat(request: Request, env: Env, organisation: string): Promise<Response> {
  const db = database(env.DB)
  const known = isOrganisationId(organisation) ? await organisationById(db, organisation) : undefined
  if (known === undefined) return problem({ code: 'not_found', message: 'There is no such organisation.' })
  if (!(await isWelcome(env, asId<OrgId>(known.id), request))) return unwelcome()
  const body = await readBody(request, ChatSessionRequest)
  if (!body.ok) return body.response
  const before = await readVisitor(env.PARLEY_SECRET, known.id, body.value.visitor)
  const visitor = before ?? randomToken()
  const person = await identify(env, known.id, visitor, body.value.user)
  if (person === undefined) {
    return problem({ code: 'unauthenticated', message: "is not the shop's word, or is over", field: 'user' })
  }
  const isStranger = before === undefined && person.kind === 'visitor'
  const refused = isStranger ? await limitStrangers(env, request, person) : await limitKnown(env, person)
  if (refused !== undefined) return refused
  const row = await customerOf(db, person, `c_${randomToken()}`, Date.now())
  const { id, name, verified, details } = row
  const customer: Customer = { id: asId<CustomerId>(id), name, verified, details, ...person.standing }
  const { command, conversation, fresh, talks } = body.value
  const origin = request.headers.get('origin') ?? undefined
  const opening = { person, visitor, customer, orgName: known.name, command, origin, fresh }
  if (conversation !== undefined) return openEarlier(db, env, opening, conversation)
  return openThread(db, env, opening, talks === true && verified)
}

async function limitStrangers(env: Env, request: Request, { org }: Person): Promise<Response | undefined> {
  const wait = await (await Counter.of(env, 'stranger', [addressOf(request)], asId<OrgId>(org))).take()
  return wait > 0 ? tooMany('Too many new chats from your address', wait) : undefined
}

/** Counted by who it is, from wherever: each opening costs the record a look and the customer's thread a turn. */
async function limitKnown(env: Env, { org, kind, value }: Person): Promise<Response | undefined> {
  const wait = await (await Counter.of(env, 'known', [kind, value], asId<OrgId>(org))).take()
  return wait > 0 ? tooMany('You have opened this chat too often', wait) : undefined
}

/** The shop's word counts more than the browser's; undefined when the shop's word is no good. */
async function identify(
  env: Env,
  org: string,
  visitor: string,
  token: string | undefined,
): Promise<Person | undefined> {
  if (token === undefined) return { org, kind: 'visitor', value: visitor, name: STRANGER, verified: false }
  const user = await readUser(env.PARLEY_SECRET, org, token)
  if (user === undefined) return undefined
  const { sub, name, email, grade, attributes } = user
  const standing = { ...(grade === undefined ? {} : { grade }), ...(attributes === undefined ? {} : { attributes }) }
  return { org, kind: 'user', value: sub, name, verified: true, email, standing }
}

/** Who it is, and what the shop says of them. */
type Person = Known & { readonly standing?: Standing }

interface Opening {
  readonly person: Person
  readonly visitor: string
  readonly customer: Customer
  readonly orgName: string
  readonly command: z.output<typeof ChatSessionRequest>['command']
  /** The page that asks. */
  readonly origin: string | undefined
  readonly fresh: boolean | undefined
}

async function openThread(db: Database, env: Env, opening: Opening, withTalks: boolean): Promise<Response> {
  const { person, customer, command, fresh = false } = opening
  const org = asId<OrgId>(person.org)
  const thread = await threadOf(org, person)
  const wanted = { id: asId<CommandId>(command), org, customer, entrance: 'chat' as const, fresh }
  const opened = await threadStub(env, thread).open(wanted)
  if (!opened.ok) return problem(opened.error)
  const { conversation, closed } = opened.value
  const talks = withTalks ? await talksOf(db, person.org, customer.id, conversation) : undefined
  return Response.json({
    ...(await sessionOf(env, opening, conversation)),
    ...(closed === undefined ? {} : { closed }),
    ...(talks === undefined ? {} : { talks }),
  })
}

/** One that the record knows as this customer's own; it is no more written to than it takes by itself. */
async function openEarlier(db: Database, env: Env, opening: Opening, id: string): Promise<Response> {
  const row = await conversationById(db, opening.person.org, id)
  if (row === undefined || row.customerId !== opening.customer.id || row.erasedAt !== null)
    return problem({ code: 'not_found', message: 'There is no such conversation of yours.' })
  return Response.json(await sessionOf(env, opening, asId<ConversationId>(id)))
}

async function talksOf(db: Database, org: string, customer: string, current: string): Promise<EarlierTalk[]> {
  const { rows } = await listConversations(db, org, null, { limit: MOST_TALKS + 1, after: undefined }, { customer })
  const others = rows.filter(({ id, erasedAt }) => id !== current && erasedAt === null)
  return others.slice(0, MOST_TALKS).map(({ id, openedAt, status }) => ({ id, at: openedAt, status }))
}

async function sessionOf(
  env: Env,
  { person, visitor, customer, orgName, origin }: Opening,
  conversation: ConversationId,
): Promise<ChatSession> {
  const org = asId<OrgId>(person.org)
  const actor = address(org, 'conversation', conversation)
  const principal = { kind: 'customer' as const, org, customer: customer.id, conversation }
  return {
    visitor: await signVisitor(env.PARLEY_SECRET, org, visitor),
    conversation,
    ticket: await signTicket(env.PARLEY_SECRET, actor, principal, { origin }),
    organisation: { name: orgName },
    customer: { name: customer.name, verified: customer.verified },
  }
}
