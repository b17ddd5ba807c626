/** Two companies and their people, signed in, for tests of the API. */
import { KeyWithSecret } from '../../core/protocol/administration.ts'
import { ConfigVersionList } from '../../core/protocol/api.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import type { KeyAction } from '../../core/protocol/permissions.ts'
import { defaultPolicies } from '../../core/protocol/policies.ts'
import type { StaffRole } from '../../core/protocol/principal.ts'
import type { TroubleRecord } from '../../core/protocol/projection.ts'
import { openSession } from '../../worker/auth/sessions.ts'
import { database } from '../../worker/db/client.ts'
import { writeRecords } from '../../worker/db/projection.ts'
import { fetchApi, origin } from './contract.ts'
import { env } from './env.ts'

export interface Member {
  readonly org: string
  readonly id: string
  readonly role: StaffRole
  readonly team?: string
}
export const members: readonly Member[] = [
  { org: 'acme', id: 'ada', role: 'agent', team: 'north' },
  { org: 'acme', id: 'ben', role: 'agent', team: 'north' },
  { org: 'acme', id: 'cyd', role: 'agent', team: 'south' },
  { org: 'acme', id: 'dan', role: 'agent', team: 'south' },
  { org: 'acme', id: 'sam', role: 'supervisor', team: 'north' },
  { org: 'acme', id: 'max', role: 'manager', team: 'north' },
  { org: 'acme', id: 'olga', role: 'administrator', team: 'north' },
  { org: 'acme', id: 'ana', role: 'analyst', team: 'north' },
  { org: 'acme', id: 'eve', role: 'engineer', team: 'north' },
  { org: 'birch', id: 'bea', role: 'agent' },
  { org: 'birch', id: 'otto', role: 'administrator' },
]

/** Acme has two teams, with a queue each; at birch nobody has heard of teams. */
export const configOf = (org: string): ConfigInput => ({
  organisation: `The company ${org}`,
  ...(org === 'acme' ? { teams: { north: { name: 'North' }, south: { name: 'South' } } } : {}),
  queues:
    org === 'acme'
      ? { 'acme-sales': { name: 'Sales', team: 'north' }, 'acme-south': { name: 'South', team: 'south' } }
      : { [`${org}-sales`]: { name: 'Sales' } },
  plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: `${org}-sales` }] }] } },
  entrances: { chat: 'chat' },
  agents: Object.fromEntries(
    members
      .filter((member) => member.org === org)
      .map(({ id, team }) => [id, { name: `Chloé ${id}`, team, queues: [{ queue: queueOf(id) }] }]),
  ),
})

/** The queue that somebody serves. */
export function queueOf(id: string): string {
  const { org, team } = memberOf(id)
  return team === 'south' ? `${org}-south` : `${org}-sales`
}

/** Founds both companies, with a configuration each. Nobody has a password. */
export async function found(): Promise<void> {
  const organisation = env.DB.prepare('insert into organisations (id, name, created_at) values (?, ?, 0)')
  const member = env.DB.prepare(
    "insert into staff (org_id, id, email, name, role, password_hash, active, created_at) values (?, ?, ?, ?, ?, '', 1, 0)",
  )
  const orgs = [...new Set(members.map(({ org }) => org))]
  await env.DB.batch([
    ...orgs.map((org) => organisation.bind(org, `The company ${org}`)),
    ...members.map(({ org, id, role }) => member.bind(org, id, `${id}@${org}.example`, `Chloé ${id}`, role)),
  ])
  for (const org of orgs) {
    const boss = members.find((one) => one.org === org && one.role === 'administrator')
    const headers = { 'idempotency-key': 'the-first-config' }
    const { status } = await call('PUT', '/api/v1/config?base=0', { as: boss, body: configOf(org), headers })
    if (status !== 200) throw new Error(`${org} has no configuration: ${status}`)
  }
}

/** Publishes a configuration in the place of whatever is published. */
export async function publish(body: unknown, as: Member = memberOf('olga')): Promise<Response> {
  const headers = { 'idempotency-key': crypto.randomUUID() }
  return call('PUT', `/api/v1/config?base=${await newestVersion(as)}`, { as, body, headers })
}

/** The version that is published. */
export async function newestVersion(as: Member): Promise<number> {
  const newest = await call('GET', '/api/v1/config/versions?limit=1', { as })
  return ConfigVersionList.parse(await newest.json()).items[0]?.version ?? 0
}

/** What an actor reports of itself when somebody does not hear it. */
export const trouble = (actor: string, version: number, more: Partial<TroubleRecord> = {}): TroubleRecord => ({
  type: 'trouble',
  org: actor.split('/')[0] ?? '',
  actor,
  version,
  at: Date.now(),
  peers: [{ peer: 'acme/agent/ada', waiting: 1, attempts: 10, since: 1, error: 'down' }],
  parked: [],
  ...more,
})

/** These actors are known to have something stuck, whatever they report themselves from now on. */
export const reported = (...actors: string[]) =>
  writeRecords(
    env.DB,
    actors.map((actor) => trouble(actor, 1_000_000)),
  )

/** A member by its id; ids are of one company each here. */
export function memberOf(id: string): Member {
  const found = members.find((member) => member.id === id)
  if (found === undefined) throw new Error(`there is no ${id}`)
  return found
}

/** A program with an API key. */
export interface Key {
  readonly key: string
}

export interface Asking {
  readonly as?: Member | Key | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks the API, held against its reference. A body that is a text is sent as it is. */
export async function call(method: string, path: string, { as, body, headers = {} }: Asking = {}): Promise<Response> {
  // Programs have no cookie, and are of no origin.
  const sent = new Headers(as !== undefined && 'key' in as ? headers : { origin, ...headers })
  if (as !== undefined && 'key' in as) sent.set('authorization', `Bearer ${as.key}`)
  else if (as !== undefined) sent.set('cookie', await cookieOf(as))
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
  return fetchApi(new Request(`${origin}${path}`, { method, headers: sent, body: text }))
}

const cookies = new Map<string, string>()
/** Everybody signs in anew. */
export const forgetSessions = () => cookies.clear()

export async function cookieOf({ org, id }: Member): Promise<string> {
  const key = `${org}/${id}`
  const cookie =
    cookies.get(key) ??
    (
      await openSession(database(env.DB), { org, id, policy: defaultPolicies.session, mustEnrol: false }, Date.now())
    ).split(';')[0] ??
    ''
  cookies.set(key, cookie)
  return cookie
}

const keys = new Map<string, Key>()

/** A key of acme with these scopes, made once by its administrator. */
export async function keyFor(scopes: readonly KeyAction[]): Promise<Key> {
  const known = keys.get(scopes.join())
  if (known !== undefined) return known
  const made = await call('POST', '/api/v1/keys', { as: memberOf('olga'), body: { name: 'A partner', scopes } })
  const { secret } = KeyWithSecret.parse(await made.json())
  keys.set(scopes.join(), { key: secret })
  return { key: secret }
}
