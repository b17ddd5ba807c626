/** How a session's end, a new role or a deactivation reaches sockets that are open, and tickets that are on their way. */
import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { address, asId } from '../../core/ids.ts'
import { ChatSession, Ticket } from '../../core/protocol/api.ts'
import { defaultPolicies } from '../../core/protocol/policies.ts'
import { changeRights } from '../../worker/auth/access.ts'
import { openSession } from '../../worker/auth/sessions.ts'
import { database } from '../../worker/db/client.ts'
import { configOf, found, type Member, memberOf, publish } from './callers.ts'
import { fetchApi, origin } from './contract.ts'
import { env } from './env.ts'
import { dial } from './kit/company.ts'
import { Line } from './kit/line.ts'

beforeAll(found)
afterEach(() => {
  vi.useRealTimers()
})

/** A browser in which somebody has signed in. */
class Browser {
  readonly #cookie: string

  private constructor(cookie: string) {
    this.#cookie = cookie
  }

  static async signIn({ org, id }: Member): Promise<Browser> {
    return new Browser(
      (
        await openSession(database(env.DB), { org, id, policy: defaultPolicies.session, mustEnrol: false }, Date.now())
      ).split(';')[0] ?? '',
    )
  }

  ask(method: string, path: string, body?: object): Promise<Response> {
    const headers = { origin, cookie: this.#cookie }
    return fetchApi(new Request(`${origin}${path}`, { method, headers, body: body ? JSON.stringify(body) : null }))
  }

  async ticket(kind: string, id: string): Promise<string> {
    return Ticket.parse(await (await this.ask('POST', '/api/v1/tickets', { kind, id })).json()).ticket
  }

  /** A socket, greeted. */
  async connect(kind: string, id: string): Promise<Line> {
    const line = await use(kind, id, await this.ticket(kind, id))
    await line.hello()
    return line
  }
}

const use = (kind: string, id: string, ticket: string) => dial(`/connect/${kind}/${id}`, `parley.v1, ticket.${ticket}`)
const accessOf = (id: string) => env.ACCESS.getByName(address(asId('acme'), 'access', asId(id)))
const codes = (lines: Line[]) => Promise.all(lines.map(async (line) => (await line.closed).code))

/** Rings the alarm of a member's Access actor this much later. */
async function later(id: string, minutes: number): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + minutes * 60_000)
  await runDurableObjectAlarm(accessOf(id))
}

describe('the sockets of a session', () => {
  it('SC3: close within two seconds when it signs out; those of another session stay', async () => {
    const [here, there] = [await Browser.signIn(memberOf('ada')), await Browser.signIn(memberOf('ada'))]
    const lines = [await here.connect('agent', 'ada'), await here.connect('queue', 'acme-sales')]
    const other = await there.connect('agent', 'ada')
    const unused = await here.ticket('agent', 'ada')
    const began = performance.now()
    await here.ask('DELETE', '/api/v1/session')
    expect(await codes(lines)).toEqual([4401, 4401])
    expect(performance.now() - began).toBeLessThan(2_000)
    expect((await (await use('agent', 'ada', unused)).closed).code).toBe(4401)
    await other.command('presence', { presence: 'away' })
  })

  it('SC3: close although everybody was asleep', async () => {
    const browser = await Browser.signIn(memberOf('ada'))
    const line = await browser.connect('queue', 'acme-sales')
    await evictDurableObject(env.QUEUE.getByName(address(asId('acme'), 'queue', asId('acme-sales'))))
    await evictDurableObject(accessOf('ada'))
    await browser.ask('DELETE', '/api/v1/session')
    expect((await line.closed).code).toBe(4401)
  })

  it('SC3: close when nobody has used it for half an hour, and not before', async () => {
    const [idle, used] = [await Browser.signIn(memberOf('ben')), await Browser.signIn(memberOf('ben'))]
    const [forgotten, kept] = [await idle.connect('agent', 'ben'), await used.connect('agent', 'ben')]
    await later('ben', 29)
    await used.ask('GET', '/api/v1/session')
    await forgotten.ping()
    await later('ben', 2)
    expect((await forgotten.closed).code).toBe(4401)
    await kept.command('presence', { presence: 'away' })
  })
})

describe('a page of another origin', () => {
  const shop = 'https://shop.example'
  const protocols = (ticket: string) => `parley.v1, ticket.${ticket}`

  it('SC8: opens no socket with a ticket that was given to ours', async () => {
    const ticket = await (await Browser.signIn(memberOf('ada'))).ticket('agent', 'ada')
    const there = await dial('/connect/agent/ada', protocols(ticket), shop)
    expect((await there.closed).code).toBe(4401)
    const here = await dial('/connect/agent/ada', protocols(ticket), origin)
    await here.hello()
  })

  it('SC8: opens its own chat, and no other page does', async () => {
    const asked = await fetchApi(
      new Request(`${origin}/channels/chat/acme/session`, {
        method: 'POST',
        headers: { origin: shop },
        body: JSON.stringify({ command: 'a-command-of-sc8' }),
      }),
    )
    const { ticket, conversation } = ChatSession.parse(await asked.json())
    const path = `/connect/conversation/${conversation}`
    await (await dial(path, protocols(ticket), shop)).hello()
    expect((await (await dial(path, protocols(ticket), 'https://evil.example')).closed).code).toBe(4401)
  })
})

describe('a change of rights', () => {
  it('SC3: closes all sockets of the member, and lets back in whoever still may', async () => {
    const browser = await Browser.signIn(memberOf('sam'))
    const lines = [await browser.connect('agent', 'ada'), await browser.connect('queue', 'acme-sales')]
    const bystander = await (await Browser.signIn(memberOf('ben'))).connect('queue', 'acme-sales')
    const unused = await browser.ticket('agent', 'ada')
    await env.DB.prepare("update staff set role = 'agent' where id = 'sam'").run()
    await changeRights(env, database(env.DB), memberOf('sam'))
    expect(await codes(lines)).toEqual([4401, 4401])
    expect((await (await use('agent', 'ada', unused)).closed).code).toBe(4401)
    expect((await browser.ask('POST', '/api/v1/tickets', { kind: 'agent', id: 'ada' })).status).toBe(403)
    await browser.connect('queue', 'acme-sales')
    await bystander.ping()
  })

  it('SC3 PE6: by a publication closes the sockets of whom it moves to another team, and of nobody else', async () => {
    const moveBen = async (team: string) => {
      const config = configOf('acme')
      const agents = { ...config.agents, ben: { name: 'Ben', team, queues: [{ queue: 'acme-sales' }] } }
      expect((await publish({ ...config, agents }, memberOf('max'))).status).toBe(200)
    }
    const [ben, cyd] = [await Browser.signIn(memberOf('ben')), await Browser.signIn(memberOf('cyd'))]
    const [moved, bystander] = [await ben.connect('queue', 'acme-sales'), await cyd.connect('agent', 'cyd')]
    const unused = await ben.ticket('agent', 'ben')
    await moveBen('south')
    expect((await moved.closed).code).toBe(4401)
    expect((await (await use('agent', 'ben', unused)).closed).code).toBe(4401)
    // The other team's queue is theirs to look at now.
    const back = await ben.connect('queue', 'acme-south')
    await moveBen('north')
    expect((await back.closed).code).toBe(4401)
    expect((await ben.ask('POST', '/api/v1/tickets', { kind: 'queue', id: 'acme-south' })).status).toBe(403)
    await bystander.ping()
  })

  it('SC3: of one who is deactivated leaves nothing open', async () => {
    const browser = await Browser.signIn(memberOf('olga'))
    const line = await browser.connect('queue', 'acme-sales')
    await env.DB.prepare("update staff set active = 0 where id = 'olga'").run()
    await changeRights(env, database(env.DB), memberOf('olga'))
    expect((await line.closed).code).toBe(4401)
    expect((await browser.ask('GET', '/api/v1/session')).status).toBe(401)
  })

  it('SC3: reaches an upgrade that was let in before it and arrives after it', async () => {
    const name = address(asId('acme'), 'queue', asId('acme-sales'))
    const session = { id: 'a-session-of-ben', until: Date.now() + 60_000, rights: 10 }
    const principal = { kind: 'staff', org: 'acme', id: 'ben', name: 'Ben', role: 'agent', team: 'north', session }
    const headers = { upgrade: 'websocket', 'x-parley-principal': JSON.stringify(principal) }
    const upgrade = async () => {
      const { webSocket } = await env.QUEUE.getByName(name).fetch(new Request('https://actor/', { headers }))
      if (webSocket === null) throw new Error('no socket')
      return new Line(webSocket)
    }
    expect(await accessOf('ben').enter(session, name)).toMatchObject({ ok: true })
    const early = await upgrade()
    await early.hello()
    await accessOf('ben').end(session.id)
    expect((await early.closed).code).toBe(4401)
    expect((await (await upgrade()).closed).code).toBe(4401)
  })
})
