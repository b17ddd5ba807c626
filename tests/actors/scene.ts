/** Two companies in the middle of their talks, and what the table of permissions says must come of each try. */
import * as z from 'zod/mini'
import { address, asId, type ConversationId, type CustomerId, type PlanId } from '../../core/ids.ts'
import { AgentCommand } from '../../core/protocol/agent.ts'
import { Timings } from '../../core/protocol/config.ts'
import { CustomerCommand, StaffCommand } from '../../core/protocol/conversation.ts'
import { type Action, actions, type Scope } from '../../core/protocol/permissions.ts'
import { Plan } from '../../core/protocol/plan.ts'
import { QueueCommand } from '../../core/protocol/queue.ts'
import { fileKey } from '../../worker/files/keys.ts'
import { configOf, found, type Member, memberOf, queueOf } from './callers.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'

/** Whose an object is: one's own, a colleague's, another team's, another organisation's. */
export type Whose = 'own' | 'team' | 'others' | 'foreign'
export const whose: readonly Whose[] = ['own', 'team', 'others', 'foreign']
/** `may`: let through, whatever came of it then. */
export type Outcome = 'may' | 'unauthenticated' | 'forbidden' | 'not_found'

/** What the table says must come of it. */
export function expected(scope: Scope, at: Whose): Outcome {
  if (scope === 'none') return 'forbidden'
  if (at === 'foreign') return 'not_found'
  return scope === 'all' || at === 'own' || scope === at ? 'may' : 'forbidden'
}

/** One for each role, all of one team. */
export const staff: readonly Member[] = ['ada', 'sam', 'max', 'olga', 'ana', 'eve'].map(memberOf)

/** The conversation that each of them owns; those who may own none stand before Ben's. */
const talks = new Map<string, string>()
export const talkOf = (who: string) => talks.get(who) ?? talks.get('ben') ?? 'none'

/** A file that each of these conversations has. */
export const theFile = 'a-file-of-theirs'

/** A customer writes, and this agent answers. */
async function talk(company: Company, agent: string) {
  const console = await company.console(agent)
  const { conversation, line } = await visitorOf(company, agent)
  await line.command('post', { text: `a secret of ${company.org}` })
  await console.accept(conversation)
  await console.line.command('presence', { presence: 'busy' })
  talks.set(agent, conversation)
  await env.FILES.put(fileKey(company.org, conversation, theFile), 'a secret')
}

/** Whom the chat's plan would not lead to this agent's queue comes there as if it did. */
async function visitorOf(company: Company, agent: string) {
  const customer = `customer-of-${agent}`
  const queue = queueOf(agent)
  if (queue.endsWith('sales')) return company.visitor(customer)
  const conversation = `talk-of-${agent}`
  const who = { id: asId<CustomerId>(customer), name: customer, verified: false }
  const plan = Plan.parse({ name: 'Chat', steps: [{ after: 0, queues: [{ queue }] }] })
  const [version, planId, timings] = [1, asId<PlanId>('chat'), Timings.parse({})]
  const pinned = { version, planId, plan, queueNames: { [queue]: queue }, queueTeams: { [queue]: 'south' }, timings }
  const { org } = company
  const thread = address(org, 'thread', asId(`chat:${customer}`))
  const start = { type: 'start', org, thread, channel: 'chat', medium: 'chat', customer: who, pinned } as const
  const actor = env.CONVERSATION.getByName(address(org, 'conversation', asId<ConversationId>(conversation)))
  await actor.receive({ from: thread, base: 1, config: 1, rows: [{ n: 1, message: start }] })
  const line = await company.connect('conversation', conversation, company.customerOf(conversation, customer))
  await line.hello()
  return { conversation, line }
}

const owners = ['ada', 'ben', 'cyd', 'sam', 'max', 'olga']

/** Sets the scene: everybody of acme who may and Bea of birch each own a conversation. */
export async function play(): Promise<{ acme: Company; birch: Company }> {
  await found()
  const acme = await Company.found('acme', configOf('acme'))
  const birch = await Company.found('birch', configOf('birch'))
  for (const agent of owners) await talk(acme, agent)
  await talk(birch, 'bea')
  // What the conveyor would bring to the record within a second.
  const row = env.DB.prepare(
    "insert or ignore into conversations (org_id, id, version, customer_id, customer_name, channel, status, opened_at, entries, teams) values (?, ?, 0, 'c', ?, 'chat', 'new', 0, 0, ?)",
  )
  const person = env.DB.prepare("insert into customers (org_id, id, name, created_at) values (?, ?, 'a secret', 0)")
  const key = env.DB.prepare(
    "insert into api_keys (org_id, id, name, hash, start, scopes, created_by, created_at) values (?, ?, 'a key', ?, '', json_array('ops.read'), '', 0)",
  )
  const keyed = [...staff, ...['ben', 'cyd', 'bea'].map(memberOf)]
  await env.DB.batch([
    ...keyed.map(({ org, id }) => key.bind(org, `key-of-${id}`, id)),
    ...owners.map((who) => person.bind('acme', `person-of-${who}`)),
    person.bind('birch', 'person-of-bea'),
    ...owners.map((who) => row.bind('acme', talkOf(who), 'Mia', JSON.stringify([memberOf(who).team]))),
    row.bind('birch', talkOf('bea'), 'a secret of birch', '[]'),
  ])
  return { acme, birch }
}

/** Whose object is whose: Ben is of everybody's team, Cyd is not, Bea is at another organisation. */
export const ownerAt = (who: string, at: Whose) => ({ own: who, team: 'ben', others: 'cyd', foreign: 'bea' })[at]

const unknownLease = 1_000_000
/** Each command as it is let through or not before it changes anything: the lease, the agent or the reason is wrong. */
export const bodies: Readonly<Record<string, object>> = {
  'agent.presence': { presence: 'busy', reason: 'no such reason' },
  'agent.capacity': { medium: 'chat', units: 4 },
  'agent.accept': { conversation: 'none', lease: unknownLease },
  'agent.decline': { conversation: 'none', lease: unknownLease },
  'agent.finish': { conversation: 'none' },
  'agent.extend': { conversation: 'none' },
  'agent.see-mention': { conversation: 'none', entry: 1 },
  'queue.take': { conversation: 'none' },
  'conversation.post': { text: 'x', lease: unknownLease },
  'conversation.note': { text: 'x' },
  'conversation.draft': { kind: 'note', text: '' },
  'conversation.close': { lease: unknownLease },
  'conversation.transfer': { lease: unknownLease, queue: 'no-such-queue', warm: true },
  'conversation.consult': { lease: unknownLease, queue: 'no-such-queue' },
  'conversation.end-consult': { lease: unknownLease },
  'conversation.hold': { lease: unknownLease },
  'conversation.resume': { lease: unknownLease },
  'conversation.pull-back': {},
  'conversation.assign': { agent: 'not an id', force: false },
  'conversation.history': { before: 0 },
  'conversation.tag': { add: ['no-such-tag'], remove: [] },
  'conversation.dispose': { disposition: 'no-such-disposition' },
  'conversation.describe': { attributes: { 'no-such-attribute': 1 } },
  'conversation.snooze': { lease: unknownLease, until: 1 },
  'conversation.wake': {},
  'conversation.merge': { lease: unknownLease, into: 'none' },
  'conversation.unmerge': {},
  'conversation.split': { lease: unknownLease, from: 1_000_000 },
  'conversation.remove': { entry: 1_000_000, why: 'other' },
  'conversation.leave-message': { text: 'x', name: 'x', email: 'x@example.org' },
  'conversation.introduce': { fields: {} },
  'conversation.set-attributes': { attributes: {} },
  'conversation.rate': { rating: 5 },
  'conversation.leave': {},
}

const commandNames = (schema: z.ZodMiniType): string[] =>
  z
    .array(z.object({ properties: z.object({ name: z.object({ const: z.string() }) }) }))
    .parse(z.toJSONSchema(schema).oneOf)
    .map(({ properties }) => properties.name.const)
/** The names of all commands, as their rows are called. */
export const commands = {
  agent: commandNames(AgentCommand).map((name) => `agent.${name}`),
  queue: commandNames(QueueCommand).map((name) => `queue.${name}`),
  staff: commandNames(StaffCommand).map((name) => `conversation.${name}`),
  customer: commandNames(CustomerCommand).map((name) => `conversation.${name}`),
}
/** The row of a command; throws on one that has none. */
export const actionNamed = (name: string): Action => {
  const action = actions.find((known) => known === name)
  if (action === undefined) throw new Error(`the command ${name} has no row`)
  return action
}
