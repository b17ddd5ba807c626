/** Links by which staff set their own password, signing somebody out everywhere, and lost phones. */
import { beforeAll, describe, expect, it } from 'vitest'
import { AuditList, Invitation, Invited } from '../../core/protocol/administration.ts'
import { FactorSecret, FactorState, Problem } from '../../core/protocol/api.ts'
import { fromBase32, totpAt } from '../../worker/auth/totp.ts'
import { call, forgetSessions, found, memberOf } from './callers.ts'
import { env } from './env.ts'

beforeAll(found)

const as = (who: string) => ({ as: memberOf(who) })
const path = '/api/v1/session/invitation'
const password = 'chosen by herself'
const invite = async (id: string, who = 'olga') => {
  const answer = await call('POST', `/api/v1/staff/${id}/invitation`, as(who))
  return Invitation.parse(await answer.json())
}
const accept = (token: string, chosen = password) => call('PUT', path, { body: { token, password: chosen } })
const signIn = (id: string, secret = password) =>
  call('POST', '/api/v1/session', { body: { email: `${id}@acme.example`, password: secret } })
const acts = async (query: string) =>
  AuditList.parse(await (await call('GET', `/api/v1/audit?${query}`, as('olga'))).json()).items

describe('an invitation', () => {
  it('PE7 sets a password, once, by whoever has the link', async () => {
    const { token, until } = await invite('ada', 'max')
    expect(until).toBeGreaterThan(Date.now() + 2 * 86_400_000)
    const seen = Invited.parse(await (await call('POST', path, { body: { token } })).json())
    expect(seen).toEqual({
      organisation: { name: 'The company acme' },
      name: 'Chloé ada',
      email: 'ada@acme.example',
    })
    const short = Problem.parse(await (await accept(token, 'short')).json())
    expect(short.errors).toEqual([{ field: 'password', message: 'must have at least 10' }])
    expect((await accept(token)).status).toBe(204)
    expect((await signIn('ada')).status).toBe(200)
    expect((await accept(token, 'another one, later')).status).toBe(404)
    expect((await call('POST', path, { body: { token } })).status).toBe(404)
    expect((await signIn('ada')).status).toBe(200)
    expect((await acts('object=ada')).map(({ action, by }) => [action, by.id])).toEqual([
      ['session.join', 'ada'],
      ['staff.password', 'max'],
    ])
  })

  it('PE7 is taken by one of two who have it at the same time', async () => {
    const { token } = await invite('cyd')
    const answers = await Promise.all([accept(token, 'the first of them'), accept(token, 'the other of them')])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404])
  })

  it('PE7 is worth nothing after a newer one, a deactivation, or when it was changed', async () => {
    const old = await invite('ben')
    const { token } = await invite('ben')
    expect((await accept(old.token)).status).toBe(404)
    expect((await accept(`${token.slice(0, -3)}abc`)).status).toBe(404)
    const change = { name: 'Ben', role: 'agent', active: false }
    expect((await call('PUT', '/api/v1/staff/ben', { ...as('olga'), body: change })).status).toBe(200)
    expect((await accept(token)).status).toBe(404)
    expect((await call('POST', '/api/v1/staff/ben/invitation', as('olga'))).status).toBe(409)
  })

  it('PE7 ends the sessions and the password from before, and nobody invites themselves', async () => {
    const { token } = await invite('dan')
    await accept(token)
    expect((await signIn('dan')).status).toBe(200)
    expect((await call('GET', '/api/v1/session', as('dan'))).status).toBe(200)
    await invite('dan')
    expect((await signIn('dan')).status).toBe(401)
    expect((await call('GET', '/api/v1/session', as('dan'))).status).toBe(401)
    expect((await call('POST', '/api/v1/staff/olga/invitation', as('olga'))).status).toBe(409)
    expect((await call('POST', '/api/v1/staff/olga/invitation', as('max'))).status).toBe(403)
  })
})

describe('somebody elsewhere', () => {
  it('PE8 is signed out everywhere, and it stands in the audit', async () => {
    expect((await call('GET', '/api/v1/session', as('sam'))).status).toBe(200)
    expect((await call('DELETE', '/api/v1/staff/sam/sessions', as('max'))).status).toBe(204)
    expect((await call('GET', '/api/v1/session', as('sam'))).status).toBe(401)
    expect((await acts('object=sam')).map(({ action }) => action)).toEqual(['staff.sessions'])
  })

  it('PE8 whose phone is lost gets in without it, and without the old recovery codes', async () => {
    forgetSessions()
    const { token } = await invite('eve')
    await accept(token)
    const factor = '/api/v1/session/factor'
    const begun = await call('POST', factor, { ...as('eve'), body: { password } })
    const { secret } = FactorSecret.parse(await begun.json())
    const code = await totpAt(fromBase32(secret), Math.floor(Date.now() / 30_000))
    expect((await call('PUT', factor, { ...as('eve'), body: { code } })).status).toBe(200)
    expect((await signIn('eve')).status).toBe(401)
    expect((await call('DELETE', '/api/v1/staff/eve/factor', as('olga'))).status).toBe(204)
    expect((await call('GET', factor, as('eve'))).status).toBe(401)
    expect((await signIn('eve')).status).toBe(200)
    forgetSessions()
    const state = FactorState.parse(await (await call('GET', factor, as('eve'))).json())
    expect(state).toEqual({ on: false, required: false, recoveryCodesLeft: 0 })
    const left = await env.DB.prepare("select count(*) as n from secrets where name = 'totp:eve'").first('n')
    expect(left).toBe(0)
    expect((await call('DELETE', '/api/v1/staff/eve/factor', as('olga'))).status).toBe(409)
    expect((await acts('object=eve&action=staff.factor')).length).toBe(1)
  })
})
