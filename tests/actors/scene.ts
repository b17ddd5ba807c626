/** Two companies in the middle of their talks, and what the table of permissions says must come of each try. */
import * as z from 'zod/mini'
import { AgentCommand } from '../../core/protocol/agent.ts'
import { CustomerCommand, StaffCommand } from '../../core/protocol/conversation.ts'
import { type Action, actions, type Scope } from '../../core/protocol/permissions.ts'
import { fileKey } from '../../worker/files/keys.ts'
import { configOf, found, type Member, memberOf } from './callers.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'

export type Whose = 'own' | 'others' | 'foreign'
export const whose: readonly Whose[] = ['own', 'others', 'foreign']
/** `may`: let through, whatever came of it then. */
export type Outcome = 'may' | 'unauthenticated' | 'forbidden' | 'not_found'

/** What the table says must come of it. */
export function expected(scope: Scope, at: Whose): Outcome {
  if (scope === 'none') return 'forbidden'
  if (at === 'foreign') return 'not_found'
  return scope === 'all' || at === 'own' ? 'may' : 'forbidden'
}

export const staff: readonly Member[] = [memberOf('ada'), memberOf('sam'), memberOf('olga')]

/** The conversation that each of them owns. */
const talks = new Map<string, string>()
export const talkOf = (who: string) => talks.get(who) ?? 'none'

/** A file that each of these conversations has. */
export const theFile = 'a-file-of-theirs'

/** A customer writes, and this agent answers. */
async function talk(company: Company, agent: string) {
  const console = await company.console(agent)
  const { conversation, line } = await company.visitor(`customer-of-${agent}`)
  await line.command('post', { text: `a secret of ${company.org}` })
  await console.accept(conversation)
  await console.line.command('presence', { presence: 'busy' })
  talks.set(agent, conversation)
  await env.FILES.put(fileKey(company.org, conversation, theFile), 'a secret')
}

/** Sets the scene: Ada, Ben, Sam and Olga of acme and Bea of birch each own a conversation. */
export async function play(): Promise<{ acme: Company; birch: Company }> {
  await found()
  const acme = await Company.found('acme', configOf('acme'))
  const birch = await Company.found('birch', configOf('birch'))
  for (const agent of ['ada', 'ben', 'sam', 'olga']) await talk(acme, agent)
  await talk(birch, 'bea')
  // What the conveyor would bring to the record within a second.
  const row = env.DB.prepare(
    "insert or ignore into conversations (org_id, id, version, customer_id, customer_name, channel, status, opened_at, entries) values (?, ?, 0, 'c', ?, 'chat', 'new', 0, 0)",
  )
  await env.DB.batch([
    ...['ada', 'ben', 'sam', 'olga'].map((who) => row.bind('acme', talkOf(who), 'Mia')),
    row.bind('birch', talkOf('bea'), 'a secret of birch'),
  ])
  return { acme, birch }
}

/** Whose object is whose: Ben is the other one here, Bea is at another organisation. */
export const ownerAt = (role: string, at: Whose) => (at === 'own' ? role : at === 'others' ? 'ben' : 'bea')

const unknownLease = 1_000_000
/** Each command as it is let through or not before it changes anything: the lease, the agent or the reason is wrong. */
export const bodies: Readonly<Record<string, object>> = {
  'agent.presence': { presence: 'busy', reason: 'no such reason' },
  'agent.capacity': { medium: 'chat', units: 4 },
  'agent.accept': { conversation: 'none', lease: unknownLease },
  'agent.decline': { conversation: 'none', lease: unknownLease },
  'agent.finish': { conversation: 'none' },
  'conversation.post': { text: 'x', lease: unknownLease },
  'conversation.note': { text: 'x' },
  'conversation.close': { lease: unknownLease },
  'conversation.transfer': { lease: unknownLease, queue: 'no-such-queue', warm: true },
  'conversation.assign': { agent: 'not an id', force: false },
  'conversation.history': { before: 0 },
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
  staff: commandNames(StaffCommand).map((name) => `conversation.${name}`),
  customer: commandNames(CustomerCommand).map((name) => `conversation.${name}`),
}
/** The row of a command; throws on one that has none. */
export const actionNamed = (name: string): Action => {
  const action = actions.find((known) => known === name)
  if (action === undefined) throw new Error(`the command ${name} has no row`)
  return action
}
