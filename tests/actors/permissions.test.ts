/**
 * The table of permissions, tried over HTTP: every action of every route by every role, at its own object, at another's
 * and at another organisation's. What has no way of being tried here does not compile, or fails.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../core/protocol/api.ts'
import {
  type Action,
  actions,
  isKeyAction,
  type KeyAction,
  keyActions,
  roles,
  type Scope,
  scopeOf,
} from '../../core/protocol/permissions.ts'
import { staffRoles } from '../../core/protocol/principal.ts'
import { doors } from '../../worker/api/reference/doors.ts'
import { actionsOf } from '../../worker/api/route.ts'
import { routes } from '../../worker/api/routes.ts'
import {
  call,
  configOf,
  type Key,
  keyFor,
  type Member,
  memberOf,
  members,
  newestVersion,
  queueOf,
  reported,
} from './callers.ts'
import {
  actionNamed,
  bodies,
  commands,
  expected,
  type Outcome,
  ownerAt,
  play,
  staff,
  talkOf,
  theFile,
  whose,
} from './scene.ts'

beforeAll(async () => {
  await play()
  await reported(...members.map(({ org, id }) => `${org}/agent/${id}`))
  newest = await newestVersion(memberOf('olga'))
})

const weight: Record<Scope, number> = { none: 0, own: 1, team: 2, all: 3 }

describe('the table of permissions', () => {
  it('PE1 has a row for every route, door and command, and no other', () => {
    const used = [
      ...routes.flatMap(actionsOf),
      ...doors.flatMap((door) => door.actions),
      ...Object.values(commands).flat().map(actionNamed),
    ]
    expect([...new Set(used)].sort()).toEqual([...actions].sort())
    expect(Object.keys(bodies).sort()).toEqual([...new Set(Object.values(commands).flat())].sort())
  })

  it('PE1 gives the routes of commands the rows of these commands', () => {
    const of = (path: string) => routes.filter((route) => route.path === path).flatMap(actionsOf)
    expect([...of('/api/v1/agents/:id/commands')].sort()).toEqual([...commands.agent].sort())
    expect([...of('/api/v1/queues/:id/commands')].sort()).toEqual([...commands.queue].sort())
    expect([...of('/api/v1/conversations/:id/commands')].sort()).toEqual([...commands.staff].sort())
  })

  it('PE1 has a column for every role of staff, and each is tried', () => {
    expect([...roles].sort()).toEqual(['anyone', 'customer', ...staffRoles].sort())
    expect(staff.map(({ role }) => role)).toEqual(roles.slice(2))
  })

  it('PE1 gives nobody less than somebody who has shown less', () => {
    const orders = [
      ['anyone', 'agent', 'supervisor', 'manager', 'administrator'],
      ['anyone', 'analyst', 'administrator'],
      ['anyone', 'engineer', 'administrator'],
    ] as const
    const less = orders.flatMap((order) =>
      actions.filter((action) =>
        order.some((role, n) => weight[scopeOf(role, action)] < weight[scopeOf(order[n - 1] ?? role, action)]),
      ),
    )
    expect(less).toEqual([])
  })

  it.each(staffRoles)('PE1 lets a %s command only what it may look at', (role) => {
    const blind = [...commands.agent, ...commands.staff].map(actionNamed).filter((action) => {
      const connect = actionNamed(`${action.split('.')[0]}.connect`)
      return weight[scopeOf(role, action)] > weight[scopeOf(role, connect)]
    })
    expect(blind).toEqual([])
  })
})

/** One request that does this action, and to whose object. Routes about no one object are about the organisation's. */
interface Try {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

let lifetime = 3_600_000
/** The version that is published. */
let newest = 0
/** How each action is done over HTTP. A new one without a way does not compile. */
const overHttp: Record<Action, ((owner: string) => Try) | null> = {
  'installation.read': () => ({ method: 'GET', path: '/api/health' }),
  'session.open': () => ({ method: 'POST', path: '/api/v1/session', body: {} }),
  'session.close': null,
  // A token that is none: whoever asks is let as far as being told so.
  'session.join': () => ({ method: 'POST', path: '/api/v1/session/invitation', body: {} }),
  'session.read': () => ({ method: 'GET', path: '/api/v1/session' }),
  'session.factor': () => ({ method: 'GET', path: '/api/v1/session/factor' }),
  'secrets.manage': () => ({ method: 'GET', path: '/api/v1/secrets' }),
  'staff.told': () => ({ method: 'POST', path: '/api/ops/told', body: {} }),
  'chat.open': () => ({ method: 'POST', path: '/channels/chat/acme/session', body: {} }),
  'floor.read': () => ({ method: 'GET', path: '/api/v1/floor' }),
  'names.queues': () => ({ method: 'GET', path: '/api/v1/queues' }),
  'names.agents': () => ({ method: 'GET', path: '/api/v1/agents' }),
  'names.desk': () => ({ method: 'GET', path: '/api/v1/desk' }),
  'record.read': (owner) => ({ method: 'GET', path: `/api/v1/conversations/${talkOf(owner)}/entries` }),
  'record.customer': () => ({ method: 'GET', path: '/api/v1/customers/c/conversations' }),
  'record.search': () => ({ method: 'GET', path: '/api/v1/search?q=secret' }),
  'staff.read': () => ({ method: 'GET', path: '/api/v1/staff' }),
  'staff.create': () => ({
    method: 'POST',
    path: '/api/v1/staff',
    body: { email: 'no e-mail', name: 'X', role: 'agent' },
  }),
  'staff.change': (owner) => ({
    method: 'PUT',
    path: `/api/v1/staff/${owner}`,
    body: { name: `Chloé ${owner}`, role: memberOf(owner).role, active: true },
  }),
  'staff.password': (owner) => ({ method: 'POST', path: `/api/v1/staff/${endable(owner)}/password` }),
  'staff.sessions': (owner) => ({ method: 'DELETE', path: `/api/v1/staff/${endable(owner)}/sessions` }),
  'staff.factor': (owner) => ({ method: 'DELETE', path: `/api/v1/staff/${endable(owner)}/factor` }),
  'key.read': () => ({ method: 'GET', path: '/api/v1/keys' }),
  'key.create': () => ({ method: 'POST', path: '/api/v1/keys', body: { name: '', scopes: [] } }),
  'key.revoke': (owner) => ({ method: 'DELETE', path: `/api/v1/keys/key-of-${owner}` }),
  'audit.read': () => ({ method: 'GET', path: '/api/v1/audit' }),
  'audit.export': () => ({ method: 'GET', path: '/api/v1/audit.csv' }),
  'config.read': () => ({ method: 'GET', path: '/api/v1/config' }),
  'config.publish': () => ({ method: 'PUT', path: `/api/v1/config?base=${newest}`, body: {} }),
  // Another one each time: who publishes what is published already changes nothing.
  'config.session': () => ({
    method: 'PUT',
    path: `/api/v1/config?base=${newest}`,
    body: { ...configOf('acme'), policies: { session: { lifetime: (lifetime += 1) } } },
    headers: { 'idempotency-key': crypto.randomUUID() },
  }),
  'ops.read': () => ({ method: 'GET', path: '/api/ops/stuck' }),
  'ops.replay': (owner) => ({
    method: 'POST',
    path: '/api/ops/replay',
    body: { actor: `${memberOf(owner).org}/agent/${owner}` },
  }),
  'reports.read': () => ({ method: 'GET', path: '/api/v1/reports/queues?from=1&to=2' }),
  'whatif.read': () => ({ method: 'GET', path: '/api/v1/whatif/day?from=1&to=2' }),
  'ops.rebuild': () => ({ method: 'POST', path: '/api/ops/rebuild', body: { cursor: '9999:0' } }),
  'agent.connect': (owner) => ticketFor('agent', owner),
  'queue.connect': (owner) => ticketFor('queue', queueOf(owner)),
  'conversation.explain': (owner) => ({ method: 'GET', path: `/api/v1/conversations/${talkOf(owner)}/explanation` }),
  'floor.connect': () => ticketFor('floor', 'floor'),
  'conversation.connect': (owner) => ticketFor('conversation', talkOf(owner)),
  // Whose a queue is, is who serves it: taking.test.ts.
  'queue.take': null,
  'agent.presence': (owner) => agentCommand('presence', owner),
  'agent.capacity': (owner) => agentCommand('capacity', owner),
  'agent.accept': (owner) => agentCommand('accept', owner),
  'agent.decline': (owner) => agentCommand('decline', owner),
  'agent.finish': (owner) => agentCommand('finish', owner),
  'agent.extend': (owner) => agentCommand('extend', owner),
  'agent.see-mention': (owner) => agentCommand('see-mention', owner),
  'conversation.post': (owner) => talkCommand('post', owner),
  'conversation.note': (owner) => talkCommand('note', owner),
  'conversation.draft': (owner) => talkCommand('draft', owner),
  'conversation.close': (owner) => talkCommand('close', owner),
  'person.export': (owner) => ({ method: 'GET', path: `/api/v1/customers/person-of-${owner}/export` }),
  'person.erase': (owner) => ({ method: 'POST', path: `/api/v1/customers/person-of-${owner}/erasure` }),
  'ops.backup': (owner) => ({
    method: 'GET',
    path: `/api/ops/backup/actor?actor=${memberOf(owner).org}/conversation/${talkOf(owner)}`,
  }),
  'ops.restore': (owner) => ({
    method: 'PUT',
    path: '/api/ops/backup/actor',
    body: {
      actor: `${memberOf(owner).org}/conversation/${talkOf(owner)}`,
      page: { storage: '', rows: [], entries: [], next: null },
    },
  }),
  'file.read': (owner) => ({ method: 'GET', path: `/files/${talkOf(owner)}/${theFile}` }),
  'conversation.transcript': (owner) => ({ method: 'GET', path: `/files/${talkOf(owner)}/transcript` }),
  // Nothing is changed: the type is taken nowhere.
  'file.send': (owner) => ({
    method: 'PUT',
    path: `/files/${talkOf(owner)}/a-new-file?name=x&media=x/none&size=1&lease=1`,
    body: 'x',
  }),
  'conversation.transfer': (owner) => talkCommand('transfer', owner),
  'conversation.consult': (owner) => talkCommand('consult', owner),
  'conversation.end-consult': (owner) => talkCommand('end-consult', owner),
  'conversation.hold': (owner) => talkCommand('hold', owner),
  'conversation.resume': (owner) => talkCommand('resume', owner),
  'conversation.pull-back': (owner) => talkCommand('pull-back', owner),
  'conversation.assign': (owner) => talkCommand('assign', owner),
  'conversation.history': (owner) => talkCommand('history', owner),
  'conversation.tag': (owner) => talkCommand('tag', owner),
  'conversation.dispose': (owner) => talkCommand('dispose', owner),
  'conversation.describe': (owner) => talkCommand('describe', owner),
  'conversation.snooze': (owner) => talkCommand('snooze', owner),
  'conversation.wake': (owner) => talkCommand('wake', owner),
  'conversation.merge': (owner) => talkCommand('merge', owner),
  'conversation.unmerge': (owner) => talkCommand('unmerge', owner),
  'conversation.split': (owner) => talkCommand('split', owner),
  'conversation.remove': (owner) => talkCommand('remove', owner),
  // Customers have no session: theirs is the socket, see below.
  'conversation.leave': null,
  'conversation.leave-message': null,
  'conversation.introduce': null,
  'conversation.set-attributes': null,
  'conversation.rate': null,
}
/** What is about the whole organisation: there is none but one's own to name. */
const aboutAll: readonly Action[] = [
  'installation.read',
  'session.open',
  'session.join',
  'session.read',
  'session.factor',
  'secrets.manage',
  'staff.told',
  'chat.open',
  'floor.connect',
  'floor.read',
  'names.queues',
  'names.agents',
  'names.desk',
  'record.search',
  'staff.read',
  'staff.create',
  'key.read',
  'key.create',
  'audit.read',
  'audit.export',
  'record.customer',
  'config.read',
  'config.publish',
  'config.session',
  'reports.read',
  'whatif.read',
  'ops.read',
  'ops.rebuild',
]

/** Dan is nobody's caller: his sessions end with it. */
const endable = (owner: string) => (memberOf(owner).org === 'acme' ? 'dan' : owner)
const ticketFor = (kind: string, id: string): Try => ({ method: 'POST', path: '/api/v1/tickets', body: { kind, id } })
const agentCommand = (name: string, owner: string): Try => command('agents', owner, name, `agent.${name}`)
const talkCommand = (name: string, owner: string): Try =>
  command('conversations', talkOf(owner), name, `conversation.${name}`)
const command = (kind: string, id: string, name: string, action: string): Try => ({
  method: 'POST',
  path: `/api/v1/${kind}/${id}/commands`,
  body: { id: crypto.randomUUID(), name, body: bodies[action] },
})

async function outcomeOver({ method, path, body, headers }: Try, as?: Member | Key): Promise<Outcome> {
  const response = await call(method, path, { as, body, ...(headers === undefined ? {} : { headers }) })
  if (response.ok && path.startsWith('/api/v1/config?')) newest += 1
  if (response.ok) return 'may'
  const { code } = Problem.parse(await response.json())
  return code === 'unauthenticated' || code === 'forbidden' || code === 'not_found' ? code : 'may'
}

/** What a key is told: files know sessions and tickets only. */
const refusalOf = (action: Action): Outcome =>
  action.startsWith('file.') || action === 'conversation.transcript' ? 'unauthenticated' : 'forbidden'

describe('over HTTP', () => {
  const tried = actions.flatMap((action) => {
    const way = overHttp[action]
    if (way === null) return []
    const at = aboutAll.includes(action) ? (['own'] as const) : whose
    return at.map((object) => [action, object, way] as const)
  })

  it.each(tried)(
    'PE2 KY2 %s, %s object: every role gets what its column says, a key what it was given',
    async (action, object, way) => {
      for (const as of staff) {
        const outcome = await outcomeOver(way(ownerAt(as.id, object)), as)
        expect([as.role, outcome]).toEqual([as.role, expected(scopeOf(as.role, action), object)])
      }
      const open = scopeOf('anyone', action) === 'all'
      expect(await outcomeOver(way(ownerAt('ada', object)))).toBe(open ? 'may' : 'unauthenticated')
      const keyed = async (scopes: readonly KeyAction[]) =>
        outcomeOver(way(ownerAt('olga', object)), await keyFor(scopes))
      const given = isKeyAction(action) ? expected('all', object) : refusalOf(action)
      expect(await keyed(keyActions)).toBe(open ? 'may' : given)
      expect(await keyed(keyActions.filter((other) => other !== action))).toBe(open ? 'may' : refusalOf(action))
    },
  )

  it('KY2 gives a key nothing that its maker may not do', () => {
    expect(keyActions.filter((action) => scopeOf('administrator', action) !== 'all')).toEqual([])
  })

  it.each(aboutAll.map((action) => [action]))('PE3 %s shows nothing of another organisation', async (action) => {
    const way = overHttp[action]
    if (way === null) throw new Error(`${action} cannot be tried`)
    const { method, path, body } = way('olga')
    const response = await call(method, path, { as: memberOf('olga'), body })
    expect(await response.text()).not.toMatch(/birch|\bbea\b|\botto\b/)
  })

  it('PE5 lists show the conversations of the team, or all, as the table says', async () => {
    const shown = async (who: string) => {
      const text = await (await call('GET', '/api/v1/conversations?limit=200', { as: memberOf(who) })).text()
      return ['ada', 'ben', 'cyd'].filter((owner) => text.includes(talkOf(owner)))
    }
    expect(await shown('sam')).toEqual(['ada', 'ben'])
    expect(await shown('max')).toEqual(['ada', 'ben', 'cyd'])
    expect(await shown('ana')).toEqual(['ada', 'ben', 'cyd'])
  })

  it('PE3 lists show nothing of another organisation', async () => {
    const list = await call('GET', '/api/v1/conversations?limit=200', { as: memberOf('olga') })
    const text = await list.text()
    expect(text).toContain(talkOf('ada'))
    expect(text).not.toContain(talkOf('bea'))
    expect(text).not.toContain('birch')
  })
})
