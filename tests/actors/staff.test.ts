/** Staff by way of the API: who may make and change whom, and what is left of each change in the audit. */
import { beforeAll, describe, expect, it } from 'vitest'
import { AuditList, Member, MemberWithPassword, StaffList } from '../../core/protocol/administration.ts'
import { Problem } from '../../core/protocol/api.ts'
import { database } from '../../worker/db/client.ts'
import { changeMember } from '../../worker/db/members.ts'
import { call, found, memberOf } from './callers.ts'
import { env } from './env.ts'

beforeAll(found)

const as = (who: string) => ({ as: memberOf(who) })
const staff = '/api/v1/staff'
/** Changes something of a member of acme. */
const change = (who: string, id: string, more: object, headers = {}) => {
  const { role } = memberOf(id)
  const body = { name: `Chloé ${id}`, role, active: true, ...more }
  return call('PUT', `${staff}/${id}`, { ...as(who), body, headers })
}
const codeOf = async (response: Response) => (response.ok ? 'ok' : Problem.parse(await response.json()).code)
const acts = async (query: string) =>
  AuditList.parse(await (await call('GET', `/api/v1/audit?${query}`, as('olga'))).json())

/** Adds an agent, and gives the password. */
async function add(who: string, id: string, role = 'agent') {
  const body = { email: `${id}@acme.example`, name: `New ${id}`, role }
  return call('POST', staff, { ...as(who), body })
}

describe('adding somebody', () => {
  it('PE6 makes an account that can sign in with the password shown', async () => {
    const response = await add('max', 'nia')
    const { member, password } = MemberWithPassword.parse(await response.json())
    expect(member).toMatchObject({ id: 'nia', email: 'nia@acme.example', role: 'agent', active: true })
    const signedIn = await call('POST', '/api/v1/session', { body: { email: member.email, password } })
    expect(signedIn.status).toBe(200)
  })

  it('PE6 refuses an address or an id that is taken, naming it, and leaves no act', async () => {
    await add('max', 'tom')
    const again = await add('max', 'tom')
    expect(Problem.parse(await again.json())).toMatchObject({ code: 'conflict', errors: [{ field: 'id' }] })
    const body = { id: 'tom2', email: 'tom@acme.example', name: 'Tom', role: 'agent' }
    const mail = await call('POST', staff, { ...as('max'), body })
    expect(Problem.parse(await mail.json())).toMatchObject({ code: 'conflict', errors: [{ field: 'email' }] })
    expect((await acts('action=staff.create&object=tom')).items).toHaveLength(1)
    expect((await acts('action=staff.create&object=tom2')).items).toHaveLength(0)
  })

  it('PE6 lets managers make and change everybody but administrators', async () => {
    expect(await codeOf(await add('max', 'una', 'administrator'))).toBe('forbidden')
    expect(await codeOf(await change('max', 'ada', { role: 'administrator' }))).toBe('forbidden')
    expect(await codeOf(await change('max', 'olga', { name: 'Other' }))).toBe('forbidden')
    expect(await codeOf(await add('olga', 'una', 'administrator'))).toBe('ok')
  })
})

describe('changing somebody', () => {
  it('AU1 stands in the audit: who, what, before, after, from where', async () => {
    const headers = { 'user-agent': 'Test browser', 'cf-connecting-ip': '192.0.2.7' }
    const sent = await change('max', 'ben', { role: 'supervisor', name: 'Ben B.' }, headers)
    expect(Member.parse(await sent.json())).toMatchObject({ id: 'ben', role: 'supervisor', team: 'north' })
    const { items } = await acts('object=ben')
    expect(items).toMatchObject([
      {
        by: { id: 'max', name: 'Chloé max', role: 'manager' },
        action: 'staff.change',
        object: { kind: 'staff', id: 'ben' },
        before: { name: 'Chloé ben', role: 'agent' },
        after: { name: 'Ben B.', role: 'supervisor' },
        from: { address: '192.0.2.7', client: 'Test browser', request: sent.headers.get('x-request-id') },
      },
    ])
  })

  it('PE6 ends the sessions of whoever may no longer sign in', async () => {
    expect((await call('GET', '/api/v1/session', as('cyd'))).status).toBe(200)
    expect(await codeOf(await change('max', 'cyd', { active: false }))).toBe('ok')
    expect((await call('GET', '/api/v1/session', as('cyd'))).status).toBe(401)
    const left = await env.DB.prepare("select count(*) as n from sessions where staff_id = 'cyd'").first('n')
    expect(left).toBe(0)
  })

  it('PE6 leaves everybody their own role, and the organisation an administrator', async () => {
    expect(await codeOf(await change('max', 'max', { role: 'agent' }))).toBe('conflict')
    expect(await codeOf(await change('olga', 'olga', { active: false }))).toBe('conflict')
    expect(await codeOf(await change('olga', 'olga', { name: 'Olga O.' }))).toBe('ok')
    const otto = {
      id: 'otto',
      email: 'otto@birch.example',
      name: 'Chloé otto',
      role: 'administrator',
      active: true,
    } as const
    const row = { ...otto, createdAt: 0 }
    const act = {
      id: 'none',
      at: 0,
      by: otto,
      action: 'x',
      object: { kind: 'staff', id: 'otto' },
      before: null,
      after: null,
      from: null,
    }
    expect(await changeMember(database(env.DB), 'birch', row, { ...row, role: 'agent' }, act)).toBe(false)
    expect(
      await env.DB.prepare("select count(*) as n from audit where org_id = 'birch' and id = 'none'").first('n'),
    ).toBe(0)
  })

  it('AU1 of nothing leaves nothing', async () => {
    expect(await codeOf(await change('olga', 'eve', {}))).toBe('ok')
    expect(await codeOf(await change('olga', 'eve', { role: 'engineer' }))).toBe('ok')
    expect((await acts('object=eve')).items).toEqual([])
  })

  it('PE3 of another organisation is not there', async () => {
    expect(await codeOf(await change('olga', 'otto', { name: 'X' }))).toBe('not_found')
    expect(await codeOf(await call('POST', `${staff}/otto/password`, as('olga')))).toBe('not_found')
  })
})

describe('a new password', () => {
  it('PE6 is shown once, ends the sessions, and is in no audit', async () => {
    expect((await call('GET', '/api/v1/session', as('dan'))).status).toBe(200)
    const answer = await call('POST', `${staff}/dan/password`, as('max'))
    const { member, password } = MemberWithPassword.parse(await answer.json())
    expect((await call('GET', '/api/v1/session', as('dan'))).status).toBe(401)
    const body = { email: member.email, password }
    expect((await call('POST', '/api/v1/session', { body })).status).toBe(200)
    const { items } = await acts('object=dan')
    expect(items.map(({ action }) => action)).toEqual(['staff.password'])
    expect(JSON.stringify(items)).not.toContain(password)
  })
})

describe('the list', () => {
  const ids = async (who: string, query = '') => {
    const answer = await call('GET', `${staff}?${query}`, as(who))
    const { items, next } = StaffList.parse(await answer.json())
    return { ids: items.map(({ id }) => id), next }
  }

  it('PE5 shows a supervisor the own team, page by page', async () => {
    const { ids: all } = await ids('sam')
    expect(all).toContain('ada')
    expect(all).not.toContain('cyd')
    const first = await ids('sam', 'limit=3')
    const second = await ids('sam', `limit=200&after=${first.next}`)
    expect([...first.ids, ...second.ids]).toEqual(all)
    expect((await ids('max')).ids).toContain('cyd')
  })
})
