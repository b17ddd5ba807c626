/** The table of permissions, tried at the actors: every command and every socket, by every role, at every kind of object. */
import { beforeAll, describe, expect, it } from 'vitest'
import { close } from '../../core/protocol/link.ts'
import { scopeOf } from '../../core/protocol/permissions.ts'
import type { Principal, StaffPrincipal } from '../../core/protocol/principal.ts'
import type { Result } from '../../core/result.ts'
import { signTicket } from '../../worker/auth/tokens.ts'
import { type Member, memberOf, queueOf } from './callers.ts'
import { env } from './env.ts'
import { type Company, dial, nameOf } from './kit/company.ts'
import { actionNamed, bodies, commands, expected, type Outcome, ownerAt, play, staff, talkOf, whose } from './scene.ts'

let acme: Company
let birch: Company

beforeAll(async () => {
  ;({ acme, birch } = await play())
})

const principalOf = ({ org, id, role, team }: Member): StaffPrincipal => ({
  kind: 'staff',
  org,
  id,
  name: id,
  role,
  ...(team === undefined ? {} : { team }),
})

describe('commands, at the actors themselves', () => {
  const outcomeOf = (result: Result<unknown>): Outcome => {
    if (result.ok) return 'may'
    const { code } = result.error
    return code === 'forbidden' || code === 'not_found' ? code : 'may'
  }
  /** By RPC, as the edge hands on what a socket or a POST brings. */
  async function give(action: string, by: Principal, owner: string): Promise<Outcome> {
    const [kind, name = ''] = action.split('.')
    const company = memberOf(owner).org === 'acme' ? acme : birch
    const actor = kind === 'agent' ? company.agent(owner) : company.conversation(talkOf(owner))
    return outcomeOf(await actor.command(by, { id: crypto.randomUUID(), name, body: bodies[action] ?? {} }))
  }

  const byStaff = [...commands.agent, ...commands.staff].flatMap((name) =>
    whose.map((object) => [name, object] as const),
  )
  it.each(byStaff)('PE2 %s, %s object: every role of staff gets what its column says', async (name, object) => {
    const action = actionNamed(name)
    for (const as of staff) {
      const outcome = await give(name, principalOf(as), ownerAt(as.id, object))
      // An actor looks first whether it is there for this organisation at all.
      const told = object === 'foreign' ? 'not_found' : expected(scopeOf(as.role, action), object)
      expect([as.role, outcome]).toEqual([as.role, told])
    }
  })

  const customer = (conversation: string, id: string, org = 'acme'): Principal => ({
    kind: 'customer',
    org,
    customer: id,
    conversation,
  })
  // Leaving comes last: it ends the conversation.
  const byCustomers = commands.customer.filter((name) => name !== 'conversation.leave').concat('conversation.leave')
  it.each(byCustomers)(
    'PE4 %s by customers: in their own conversation, and no other is there for them',
    async (name) => {
      expect(scopeOf('customer', actionNamed(name))).toBe('own')
      expect(await give(name, customer(talkOf('ben'), 'customer-of-ada'), 'ben')).toBe('not_found')
      expect(await give(name, customer(talkOf('ada'), 'customer-of-ada'), 'ben')).toBe('not_found')
      expect(await give(name, customer(talkOf('bea'), 'customer-of-bea', 'birch'), 'ada')).toBe('not_found')
      expect(await give(name, customer(talkOf('ada'), 'customer-of-ada'), 'ada')).toBe('may')
    },
  )

  const notTheirs = [...commands.agent, ...commands.staff].filter((name) => !commands.customer.includes(name))
  it.each(notTheirs)('PE4 %s is no command of customers', async (name) => {
    expect(scopeOf('customer', actionNamed(name))).toBe('none')
    const [kind, command = ''] = name.split('.')
    const by = customer(talkOf('ada'), 'customer-of-ada')
    const actor = kind === 'agent' ? acme.agent('ada') : acme.conversation(talkOf('ada'))
    const result = await actor.command(by, { id: crypto.randomUUID(), name: command, body: bodies[name] ?? {} })
    expect(result.ok).toBe(false)
  })

  const theirs = commands.customer.filter((name) => !commands.staff.includes(name))
  it.each(theirs)('PE4 %s is no command of staff', async (name) => {
    for (const as of staff) {
      expect(scopeOf(as.role, actionNamed(name))).toBe('none')
      const [, command = ''] = name.split('.')
      const result = await acme
        .conversation(talkOf('ada'))
        .command(principalOf(as), { id: crypto.randomUUID(), name: command, body: {} })
      expect(result.ok).toBe(false)
    }
  })
})

describe('sockets', () => {
  type Kind = 'agent' | 'queue' | 'conversation'
  const kinds: readonly Kind[] = ['agent', 'queue', 'conversation']
  const idOf = (kind: Kind, owner: string) =>
    kind === 'agent' ? owner : kind === 'queue' ? queueOf(owner) : talkOf(owner)

  async function outcomeAt(kind: Kind, owner: string, by: Principal): Promise<Outcome> {
    const company = memberOf(owner).org === 'acme' ? acme : birch
    const ticket = await signTicket(env.PARLEY_SECRET, nameOf(company.org, kind, idOf(kind, owner)), by)
    const line = await dial(`/connect/${kind}/${idOf(kind, owner)}`, `parley.v1, ticket.${ticket}`)
    const greeted = await line.hello().then(
      () => true,
      () => false,
    )
    if (greeted) {
      line.socket.close(close.normal)
      return 'may'
    }
    const { code } = await line.closed
    return code === close.forbidden ? 'forbidden' : 'not_found'
  }

  it.each(kinds.flatMap((kind) => whose.map((object) => [kind, object] as const)))(
    'PE2 %s.connect, %s object: even with a signed ticket, every role gets what its column says',
    async (kind, object) => {
      for (const as of staff) {
        const outcome = await outcomeAt(kind, ownerAt(as.id, object), principalOf(as))
        const scope = scopeOf(as.role, actionNamed(`${kind}.connect`))
        expect([as.role, outcome]).toEqual([as.role, object === 'foreign' ? 'not_found' : expected(scope, object)])
      }
    },
  )

  it('PE5 a queue of another team is open to who serves it', async () => {
    const ada = principalOf(memberOf('ada'))
    expect(await outcomeAt('queue', 'cyd', ada)).toBe('forbidden')
    expect(await outcomeAt('queue', 'cyd', { ...ada, serves: true })).toBe('may')
  })

  it.each(kinds)('PE4 %s.connect by customers: their own conversation only', async (kind) => {
    const by: Principal = { kind: 'customer', org: 'acme', customer: 'customer-of-ada', conversation: talkOf('ada') }
    expect(await outcomeAt(kind, 'ada', by)).toBe(kind === 'conversation' ? 'may' : 'not_found')
    expect(await outcomeAt(kind, 'ben', by)).toBe('not_found')
    expect(await outcomeAt(kind, 'bea', by)).toBe('not_found')
  })
})
