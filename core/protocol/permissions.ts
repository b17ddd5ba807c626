/**
 * The one table of permissions: which role may do what, and to whose objects. A route, a door or a command of a socket
 * that has no row here does not compile; that edge and actors keep to it is tested row by row.
 */
import type { AgentCommand } from './agent.ts'
import type { CustomerCommand, StaffCommand } from './conversation.ts'
import type { KeyPrincipal, StaffPrincipal, StaffRole } from './principal.ts'
import type { QueueCommand } from './queue.ts'

/**
 * Whose objects somebody's permission reaches. `own`: an agent's own actor, the conversation that is one's own to
 * answer, a queue that one serves, a customer's own conversation. `team`: those of one's team too. `all`: those of the
 * organisation, never another's.
 */
export type Scope = 'none' | 'own' | 'team' | 'all'

/** `anyone` has shown nobody who it is; `customer` holds a ticket to one conversation. */
export const roles = [
  'anyone',
  'customer',
  'agent',
  'supervisor',
  'manager',
  'administrator',
  'analyst',
  'engineer',
] as const
export type Role = (typeof roles)[number]

type Row = readonly [
  anyone: Scope,
  customer: Scope,
  agent: Scope,
  supervisor: Scope,
  manager: Scope,
  administrator: Scope,
  analyst: Scope,
  engineer: Scope,
]
type CommandAction =
  | `agent.${AgentCommand['name']}`
  | `queue.${QueueCommand['name']}`
  | `conversation.${(CustomerCommand | StaffCommand)['name']}`

const everybody = ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'] as const

const table = {
  // Each row: anyone, customer, agent, supervisor, manager, administrator, analyst, engineer.
  'installation.read': everybody,
  'session.open': everybody,
  'staff.told': everybody,
  'session.close': everybody,
  'session.join': everybody,
  'session.read': ['none', 'none', 'own', 'own', 'own', 'own', 'own', 'own'],
  'session.factor': ['none', 'none', 'own', 'own', 'own', 'own', 'own', 'own'],
  'secrets.manage': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'chat.open': everybody,

  'agent.connect': ['none', 'none', 'own', 'team', 'all', 'all', 'none', 'none'],
  'agent.presence': ['none', 'none', 'own', 'team', 'all', 'all', 'none', 'none'],
  'agent.capacity': ['none', 'none', 'own', 'team', 'all', 'all', 'none', 'none'],
  'agent.accept': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'agent.decline': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'agent.finish': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'agent.extend': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'agent.see-mention': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],

  'queue.connect': ['none', 'none', 'team', 'team', 'all', 'all', 'none', 'none'],
  'queue.take': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],

  'conversation.connect': ['none', 'own', 'team', 'team', 'all', 'all', 'none', 'none'],
  'conversation.explain': ['none', 'none', 'team', 'team', 'all', 'all', 'none', 'none'],
  'conversation.history': ['none', 'own', 'team', 'team', 'all', 'all', 'none', 'none'],
  'conversation.post': ['none', 'own', 'own', 'own', 'own', 'own', 'none', 'none'],
  'conversation.leave': ['none', 'own', 'none', 'none', 'none', 'none', 'none', 'none'],
  'conversation.note': ['none', 'none', 'team', 'team', 'all', 'all', 'none', 'none'],
  'conversation.draft': ['none', 'none', 'team', 'team', 'all', 'all', 'none', 'none'],
  'conversation.close': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'conversation.transfer': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'conversation.consult': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'conversation.end-consult': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'conversation.hold': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'conversation.resume': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'conversation.pull-back': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'file.read': ['none', 'own', 'team', 'team', 'all', 'all', 'none', 'none'],
  'conversation.transcript': ['none', 'own', 'team', 'team', 'all', 'all', 'none', 'none'],
  'file.send': ['none', 'own', 'own', 'own', 'own', 'own', 'none', 'none'],
  'conversation.assign': ['none', 'none', 'none', 'team', 'all', 'all', 'none', 'none'],
  'conversation.leave-message': ['none', 'own', 'none', 'none', 'none', 'none', 'none', 'none'],
  'conversation.introduce': ['none', 'own', 'none', 'none', 'none', 'none', 'none', 'none'],
  'conversation.set-attributes': ['none', 'own', 'none', 'none', 'none', 'none', 'none', 'none'],
  'conversation.rate': ['none', 'own', 'none', 'none', 'none', 'none', 'none', 'none'],
  'conversation.tag': ['none', 'none', 'team', 'team', 'all', 'all', 'none', 'none'],
  'conversation.dispose': ['none', 'none', 'own', 'team', 'all', 'all', 'none', 'none'],
  'conversation.describe': ['none', 'none', 'team', 'team', 'all', 'all', 'none', 'none'],
  'conversation.snooze': ['none', 'none', 'own', 'own', 'own', 'own', 'none', 'none'],
  'conversation.wake': ['none', 'none', 'team', 'team', 'all', 'all', 'none', 'none'],
  'conversation.merge': ['none', 'none', 'own', 'team', 'all', 'all', 'none', 'none'],
  'conversation.unmerge': ['none', 'none', 'own', 'team', 'all', 'all', 'none', 'none'],
  'conversation.split': ['none', 'none', 'own', 'team', 'all', 'all', 'none', 'none'],
  'conversation.remove': ['none', 'none', 'none', 'team', 'all', 'all', 'none', 'none'],

  'floor.connect': ['none', 'none', 'none', 'team', 'all', 'all', 'none', 'none'],
  'floor.read': ['none', 'none', 'none', 'team', 'all', 'all', 'none', 'none'],

  'names.queues': ['none', 'none', 'all', 'all', 'all', 'all', 'all', 'all'],
  'names.agents': ['none', 'none', 'all', 'all', 'all', 'all', 'all', 'none'],
  'names.desk': ['none', 'none', 'all', 'all', 'all', 'all', 'all', 'none'],
  'record.read': ['none', 'none', 'none', 'team', 'all', 'all', 'all', 'none'],
  'record.customer': ['none', 'none', 'team', 'team', 'all', 'all', 'all', 'none'],
  'record.search': ['none', 'none', 'none', 'team', 'all', 'all', 'all', 'none'],
  'person.export': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'person.erase': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'staff.read': ['none', 'none', 'none', 'team', 'all', 'all', 'none', 'none'],
  'staff.create': ['none', 'none', 'none', 'none', 'all', 'all', 'none', 'none'],
  'staff.change': ['none', 'none', 'none', 'none', 'all', 'all', 'none', 'none'],
  'staff.password': ['none', 'none', 'none', 'none', 'all', 'all', 'none', 'none'],
  'staff.sessions': ['none', 'none', 'none', 'none', 'all', 'all', 'none', 'none'],
  'staff.factor': ['none', 'none', 'none', 'none', 'all', 'all', 'none', 'none'],
  'key.read': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'key.create': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'key.revoke': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'audit.read': ['none', 'none', 'none', 'team', 'all', 'all', 'none', 'none'],
  'audit.export': ['none', 'none', 'none', 'none', 'all', 'all', 'none', 'none'],
  'config.read': ['none', 'none', 'none', 'none', 'all', 'all', 'none', 'all'],
  'config.publish': ['none', 'none', 'none', 'none', 'all', 'all', 'none', 'none'],
  /** How people sign in: whoever says that could sign in as anybody. */
  'config.session': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'ops.read': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'all'],
  'ops.backup': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'ops.restore': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'ops.replay': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'all'],
  'ops.rebuild': ['none', 'none', 'none', 'none', 'none', 'all', 'none', 'none'],
  'reports.read': ['none', 'none', 'none', 'team', 'all', 'all', 'all', 'none'],
  /** Days as they were recorded, and with them plans and what agents can: the whole centre, or it would simulate another. */
  'whatif.read': ['none', 'none', 'none', 'none', 'all', 'all', 'all', 'none'],
} as const satisfies Record<CommandAction, Row> & Record<string, Row>

export type Action = keyof typeof table
/** What needs no session. */
export type OpenAction = { [A in Action]: (typeof table)[A][0] extends 'all' ? A : never }[Action]
export type GuardedAction = Exclude<Action, OpenAction>

/** How far a role's permission reaches. */
export const scopeOf = (role: Role, action: Action): Scope => table[action][roles.indexOf(role)] ?? 'none'

/**
 * What an API key may be given, and then reaches in all of its organisation. Nothing that needs a person: no object is a
 * program's own, and nothing by which it could make itself a person, or another key.
 */
export const keyActions = [
  'names.queues',
  'names.agents',
  'names.desk',
  'floor.read',
  'record.read',
  'record.customer',
  'record.search',
  'person.export',
  'person.erase',
  'staff.read',
  'reports.read',
  'audit.read',
  'audit.export',
  'config.read',
  'config.publish',
  'ops.read',
  'ops.replay',
] as const satisfies readonly GuardedAction[]
export type KeyAction = (typeof keyActions)[number]
export const isKeyAction = (action: string): action is KeyAction => keyActions.some((known) => known === action)

/** Who asks, as far as permissions look at it. */
type Asker = Pick<StaffPrincipal, 'id' | 'role' | 'team'> | Pick<KeyPrincipal, 'scopes'>

/** How far the permission of somebody reaches. */
export function scopeFor(by: Asker, action: Action): Scope {
  if (!('scopes' in by)) return scopeOf(by.role, action)
  return by.scopes.some((scope) => scope === action) ? 'all' : 'none'
}

/** What an object of an organisation says of whose it is. */
export interface Belonging {
  /** Who has it in hand. */
  readonly staff: readonly string[]
  /** Whose teams it is, each as {@link teamOf} names it; one that is of no team is the common team's. */
  readonly teams: readonly string[]
}

/** A team by its key in the configuration; all who are in none are one team together. */
export const teamOf = (team: string | undefined): string => team ?? ''

/** Whether somebody may do this to an object of its own organisation. The only place where this is decided. */
export function may(by: Asker, action: Action, object: Belonging): boolean {
  const scope = scopeFor(by, action)
  if (scope === 'none' || scope === 'all' || 'scopes' in by) return scope === 'all'
  if (isOwn(by, object)) return true
  return scope === 'team' && isOfTeam(object.teams, by.team)
}

/** Whether it is in somebody's own hands: what is done to anything else is supervision. */
export const isOwn = (by: Pick<StaffPrincipal, 'id'>, object: Belonging): boolean => object.staff.includes(by.id)

/** Whether a team has a part in what is of these teams. */
export const isOfTeam = (teams: readonly string[], team: string | undefined): boolean =>
  teams.length === 0 ? teamOf(team) === '' : teams.includes(teamOf(team))

/** What of an organisation's objects a list may show to somebody: their own and, with a team, those of the team. */
export interface Reach {
  readonly staff: string
  /** As {@link teamOf} names it; absent: their own only. */
  readonly team?: string
}

/**
 * How far somebody sees in lists, and no further than they ask; null: everything. For those whose role may do this at all. A
 * program has nothing of its own to ask for.
 */
export function reachOf(by: Asker, action: Action, asked: Exclude<Scope, 'none'> = 'all'): Reach | null {
  const scope = scopeFor(by, action)
  if ('scopes' in by || (scope === 'all' && asked === 'all')) return null
  return scope === 'own' || asked === 'own' ? { staff: by.id } : { staff: by.id, team: teamOf(by.team) }
}

/** Whose account somebody may make or change, by the role it has or shall have: managers are not above administrators. */
export const mayManage = (by: StaffRole, role: StaffRole): boolean => by === 'administrator' || role !== 'administrator'

export const isAction = (text: string): text is Action => Object.hasOwn(table, text)
/** Every action that the table knows. */
export const actions: readonly Action[] = Object.keys(table).filter(isAction)
/** Whether it matters anywhere of which team somebody with this role is. */
export const hasTeam = (role: StaffRole): boolean => actions.some((action) => scopeOf(role, action) === 'team')

/** What the commands of an agent need. */
export const agentActions = [
  'agent.presence',
  'agent.capacity',
  'agent.accept',
  'agent.decline',
  'agent.finish',
  'agent.extend',
  'agent.see-mention',
] as const satisfies readonly Action[]

/** What the commands of agents to a queue need. */
export const queueActions = ['queue.take'] as const satisfies readonly Action[]

/** What the commands of staff to a conversation need. */
export const conversationActions = [
  'conversation.post',
  'conversation.note',
  'conversation.draft',
  'conversation.close',
  'conversation.transfer',
  'conversation.consult',
  'conversation.end-consult',
  'conversation.hold',
  'conversation.resume',
  'conversation.pull-back',
  'conversation.assign',
  'conversation.tag',
  'conversation.dispose',
  'conversation.describe',
  'conversation.snooze',
  'conversation.wake',
  'conversation.merge',
  'conversation.unmerge',
  'conversation.split',
  'conversation.remove',
  'conversation.history',
] as const satisfies readonly Action[]
