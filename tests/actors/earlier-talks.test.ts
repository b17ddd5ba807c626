/** Earlier talks at the chat's entrance: the list of whom the shop vouches for, and a ticket for none but one's own. */
import { SignJWT } from 'jose'
import { beforeAll, expect, it, vi } from 'vitest'
import { ChatSession } from '../../core/protocol/api.ts'
import { widgetSecret } from '../../worker/auth/keys.ts'
import { call, configOf, found, publish } from './callers.ts'
import { env } from './env.ts'
import { dial } from './kit/company.ts'

beforeAll(async () => {
  await found()
  expect((await publish(configOf('acme'))).status).toBe(200)
})

const userOf = async (sub: string) =>
  new SignJWT({ sub, name: sub })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(await widgetSecret(env.PARLEY_SECRET, 'acme')))

const ask = async (more: object) =>
  call('POST', '/channels/chat/acme/session', { body: { command: crypto.randomUUID(), ...more } })
const enter = async (more: object) => ChatSession.parse(await (await ask(more)).json())
const lineTo = async ({ conversation, ticket }: ChatSession) => {
  const line = await dial(`/connect/conversation/${conversation}`, `parley.v1, ticket.${ticket}`)
  await line.hello()
  return line
}

it('WG12: a talk that has ended is listed to its customer, read again and never gone on with; others get no ticket for it', async () => {
  const mia = await userOf('mia')
  const first = await enter({ user: mia })
  const line = await lineTo(first)
  await line.command('post', { text: 'Hello' })
  expect((await enter({ user: mia, fresh: true })).conversation).toBe(first.conversation)
  await line.command('leave', {})
  const second = await vi.waitUntil(
    async () => {
      const next = await enter({ user: mia, fresh: true, talks: true })
      return next.conversation === first.conversation || next.talks?.[0]?.status !== 'closed' ? undefined : next
    },
    { timeout: 9_000, interval: 200 },
  )
  expect(second.talks).toMatchObject([{ id: first.conversation, status: 'closed' }])
  const again = await enter({ user: mia, conversation: first.conversation })
  expect(again.conversation).toBe(first.conversation)
  const old = await lineTo(again)
  expect(await old.command('post', { text: 'Again' })).toMatchObject({ t: 'refused', error: { code: 'closed' } })

  const noah = await userOf('noah')
  for (const other of [{}, { user: noah }]) {
    const refused = await ask({ ...other, conversation: first.conversation })
    expect(refused.status).toBe(404)
  }
  expect((await enter({ user: noah, talks: true })).talks).toEqual([])
  expect(await enter({ talks: true })).not.toHaveProperty('talks')
})
