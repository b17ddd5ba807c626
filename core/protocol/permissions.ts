/**
 * The one table of permissions: which role may do what, and to whose objects. A route, a door or a command of a socket
 * that has no row here does not compile; that edge and actors keep to it is tested row by row.
 */
import type { AgentCommand } from './agent.ts'
import type { CustomerCommand, StaffCommand } from './conversation.ts'

/**
 * Whose objects somebody's permission reaches. `own`: an agent's own actor, the conversation that is one's own to
 * answer, a customer's own conversation. `all`: those of the organisation, never another's.
 */
export type Scope = 'none' | 'own' | 'all'

/** `anyone` has shown nobody who it is; `customer` holds a ticket to one conversation. */
export const roles = ['anyone', 'customer', 'agent', 'supervisor', 'administrator'] as const
export type Role = (typeof roles)[number]

type Row = readonly [anyone: Scope, customer: Scope, agent: Scope, supervisor: Scope, administrator: Scope]
type CommandAction = `agent.${AgentCommand['name']}` | `conversation.${(CustomerCommand | StaffCommand)['name']}`

const table = {
  // Each row: anyone, customer, agent, supervisor, administrator.
  'installation.read': ['all', 'all', 'all', 'all', 'all'],
  'session.open': ['all', 'all', 'all', 'all', 'all'],
  'session.close': ['all', 'all', 'all', 'all', 'all'],
  'session.read': ['none', 'none', 'own', 'own', 'own'],
  'chat.open': ['all', 'all', 'all', 'all', 'all'],

  'agent.connect': ['none', 'none', 'own', 'all', 'all'],
  'agent.presence': ['none', 'none', 'own', 'all', 'all'],
  'agent.capacity': ['none', 'none', 'own', 'all', 'all'],
  'agent.accept': ['none', 'none', 'own', 'own', 'own'],
  'agent.decline': ['none', 'none', 'own', 'own', 'own'],
  'agent.finish': ['none', 'none', 'own', 'own', 'own'],

  'queue.connect': ['none', 'none', 'all', 'all', 'all'],

  'conversation.connect': ['none', 'own', 'all', 'all', 'all'],
  'conversation.history': ['none', 'own', 'all', 'all', 'all'],
  'conversation.post': ['none', 'own', 'own', 'own', 'own'],
  'conversation.leave': ['none', 'own', 'none', 'none', 'none'],
  'conversation.note': ['none', 'none', 'all', 'all', 'all'],
  'conversation.close': ['none', 'none', 'own', 'own', 'own'],
  'conversation.transfer': ['none', 'none', 'own', 'own', 'own'],
  'file.read': ['none', 'own', 'all', 'all', 'all'],
  'file.send': ['none', 'own', 'own', 'own', 'own'],
  'conversation.assign': ['none', 'none', 'none', 'all', 'all'],

  'names.queues': ['none', 'none', 'all', 'all', 'all'],
  'names.agents': ['none', 'none', 'none', 'all', 'all'],
  'record.read': ['none', 'none', 'none', 'all', 'all'],
  'record.search': ['none', 'none', 'none', 'all', 'all'],
  'config.read': ['none', 'none', 'none', 'none', 'all'],
  'config.publish': ['none', 'none', 'none', 'none', 'all'],
  'ops.read': ['none', 'none', 'none', 'none', 'all'],
  'ops.replay': ['none', 'none', 'none', 'none', 'all'],
} as const satisfies Record<CommandAction, Row> & Record<string, Row>

export type Action = keyof typeof table
/** What needs no session. */
export type OpenAction = { [A in Action]: (typeof table)[A][0] extends 'all' ? A : never }[Action]
export type GuardedAction = Exclude<Action, OpenAction>

/** How far a role's permission reaches. */
export const scopeOf = (role: Role, action: Action): Scope => table[action][roles.indexOf(role)] ?? 'none'

/** Whether a role may do this to an object of its organisation that is, or is not, its own. */
export function may(role: Role, action: Action, isOwn: boolean): boolean {
  const scope = scopeOf(role, action)
  return scope === 'all' || (scope === 'own' && isOwn)
}

export const isAction = (text: string): text is Action => Object.hasOwn(table, text)
/** Every action that the table knows. */
export const actions: readonly Action[] = Object.keys(table).filter(isAction)

/** What the commands of an agent need. */
export const agentActions = [
  'agent.presence',
  'agent.capacity',
  'agent.accept',
  'agent.decline',
  'agent.finish',
] as const satisfies readonly Action[]

/** What the commands of staff to a conversation need. */
export const conversationActions = [
  'conversation.post',
  'conversation.note',
  'conversation.close',
  'conversation.transfer',
  'conversation.assign',
  'conversation.history',
] as const satisfies readonly Action[]
