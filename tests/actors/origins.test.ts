/** An organisation's list of the pages that may have its chat, at every door that a page comes to. */
import { beforeAll, expect, it } from 'vitest'
import { ChatSession, Problem } from '../../core/protocol/api.ts'
import { configOf, found, publish } from './callers.ts'
import { fetchApi, origin } from './contract.ts'

const shop = 'https://www.shop.example'
const stranger = 'https://evil.example'

beforeAll(found)

/** What the organisation says from now on. */
async function list(origins: readonly string[]) {
  const answer = await publish({ ...configOf('acme'), widget: { origins: [...origins] } })
  expect(answer.status).toBe(200)
}

/** A request of a page; `null` is none of a browser. */
const ask = (method: string, path: string, from: string | null, more: Record<string, string> = {}, body?: object) => {
  const headers = { ...(from === null ? {} : { origin: from }), ...more }
  return fetchApi(
    new Request(`${origin}${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) }),
  )
}
const enter = (from: string | null, org = 'acme') =>
  ask('POST', `/channels/chat/${org}/session`, from, {}, { command: crypto.randomUUID() })
const page = (from: string | null) => ask('GET', '/channels/chat/acme/page', from)
const poll = ({ conversation, ticket }: ChatSession, from: string) => {
  const frames = [{ t: 'hello', v: 1, client: 'client-0001' }]
  return ask(
    'POST',
    `/poll/conversation/${conversation}`,
    from,
    { authorization: `Bearer ${ticket}` },
    { frames, wait: 0 },
  )
}

/** The code that a socket is closed with, or that it was welcome. */
async function connect({ conversation, ticket }: ChatSession, from: string): Promise<number | 'welcome'> {
  const headers = { upgrade: 'websocket', 'sec-websocket-protocol': `parley.v1, ticket.${ticket}` }
  const { webSocket } = await ask('GET', `/connect/conversation/${conversation}`, from, headers)
  if (webSocket === null) throw new Error('no socket')
  const end = new Promise<number | 'welcome'>((done) => {
    webSocket.addEventListener('close', ({ code }) => done(code))
    webSocket.addEventListener('message', () => done('welcome'))
  })
  webSocket.accept()
  webSocket.send(JSON.stringify({ t: 'hello', v: 1, client: 'client-0001' }))
  const ended = await end
  webSocket.close(1000)
  return ended
}

it('SC14: without a list the pages of everybody may have the chat', async () => {
  for (const from of [stranger, shop, 'null', null]) {
    expect([from, (await enter(from)).status]).toEqual([from, 200])
    expect([from, (await page(from)).status]).toEqual([from, 200])
  }
})

it('SC14: pages that are not listed are refused by name of the reason, readably', async () => {
  await list(['https://*.shop.example'])
  for (const from of [stranger, 'https://shop.example', 'null'])
    for (const answer of [await enter(from), await page(from)]) {
      expect([from, answer.status]).toEqual([from, 403])
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(Problem.parse(await answer.json())).toMatchObject({ detail: expect.stringContaining('widget.origins') })
    }
  // Ours is the frame's; what names no origin is no page.
  for (const from of [shop, origin, null]) {
    expect([from, (await enter(from)).status]).toEqual([from, 200])
    expect([from, (await page(from)).status]).toEqual([from, 200])
  }
  expect((await enter(stranger, 'birch')).status).toBe(200)
})

it('SC14: who was let in before the list comes back neither by socket nor by poll', async () => {
  await list([])
  const before = ChatSession.parse(await (await enter(stranger)).json())
  expect(await connect(before, stranger)).toBe('welcome')
  expect((await poll(before, stranger)).status).toBe(200)
  await list([shop])
  expect(await connect(before, stranger)).toBe(4401)
  expect((await poll(before, stranger)).status).toBe(401)
  const listed = ChatSession.parse(await (await enter(shop)).json())
  expect(await connect(listed, shop)).toBe('welcome')
  expect((await poll(listed, shop)).status).toBe(200)
})
