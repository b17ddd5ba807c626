/** Real sockets to real actors: the handshake, sleep, closing, bugs, tickets, the long poll, and how a talk begins. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { asId, type ConversationId } from '../../core/ids.ts'
import { PollAnswer } from '../../core/protocol/api.ts'
import { PRINCIPAL_HEADER } from '../../core/protocol/principal.ts'
import { refuse } from '../../core/result.ts'
import { signTicket } from '../../worker/auth/tokens.ts'
import { fetchApi } from './contract.ts'
import { env } from './env.ts'
import { Company, dial, nameOf, simple } from './kit/company.ts'
import { Line } from './kit/line.ts'

let acme: Company
beforeAll(async () => {
  acme = await Company.found('acme')
})
afterEach(() => {
  vi.useRealTimers()
})

/** Moves the actors' clock; alarms are rung by hand. */
function later(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + ms)
}
const texts = (line: Line) => line.events.flatMap(({ body }) => Object(body).body?.text ?? [])

describe('hello', () => {
  it('WS1: not said within 10 s closes with 4408', async () => {
    const id = await acme.enter('ws1-silent')
    const silent = await acme.connect('conversation', id, acme.customerOf(id, 'ws1-silent'))
    const greeted = await acme.connect('conversation', id, acme.customerOf(id, 'ws1-silent'))
    await greeted.hello()
    later(10_000)
    await runDurableObjectAlarm(acme.conversation(id))
    expect((await silent.closed).code).toBe(4408)
    await greeted.ping()
  })

  it('WS1: of another version closes with 4406, and anything before it with 4400', async () => {
    const id = await acme.enter('ws1-version')
    const open = () => acme.connect('conversation', id, acme.customerOf(id, 'ws1-version'))
    const newer = await open()
    newer.send({ t: 'hello', v: 2, client: 'client-1' })
    expect((await newer.closed).code).toBe(4406)
    const rude = await open()
    rude.send({ t: 'typing', on: true })
    expect((await rude.closed).code).toBe(4400)
  })

  it('WS2: after a sleep gets exactly what was missed; an open socket sleeps through and goes on', async () => {
    const { conversation, line } = await acme.visitor('ws2')
    const stub = acme.conversation(conversation)
    const away = await acme.connect('conversation', conversation, acme.customerOf(conversation, 'ws2'))
    const { epoch, seq } = await away.hello()
    away.socket.close(1000)
    await away.closed
    await line.command('post', { text: 'one' })
    await evictDurableObject(stub)
    await line.command('post', { text: 'two' })
    await evictDurableObject(stub)
    const back = await acme.connect('conversation', conversation, acme.customerOf(conversation, 'ws2'))
    expect(await back.hello({ epoch, seq })).toMatchObject({ resumed: true, seq: 2 })
    await back.untilHeard('two')
    expect(texts(back)).toEqual(['one', 'two'])
    expect(texts(line)).toEqual(['one', 'two'])
    const other = await acme.connect('conversation', conversation, acme.customerOf(conversation, 'ws2'))
    expect(await other.hello({ epoch: 'another', seq: 1 })).toMatchObject({ resumed: false, seq: 2 })
    expect(texts(other)).toEqual(['one', 'two'])
  })

  it('WS2: of a console after a sleep resumes its board', async () => {
    const ada = await acme.console('ada')
    const { epoch, seq } = await ada.line.until(
      (frames) => frames.flatMap((frame) => (frame.t === 'welcome' ? [frame] : []))[0],
    )
    const { conversation, line } = await acme.visitor('ws2-board')
    await line.command('post', { text: 'Hello' })
    await ada.accept(conversation)
    await evictDurableObject(acme.agent('ada'))
    const again = await acme.connect('agent', 'ada', acme.staff('ada'))
    expect(await again.hello({ epoch, seq })).toMatchObject({ resumed: true })
    await again.untilHeard(`item/${conversation}`)
    const shown = again.events.filter(({ body }) => Object(body).conversation === conversation)
    expect(shown).toMatchObject([{ name: 'put', body: { state: 'owned' } }])
    await line.command('leave', {})
    await ada.line.command('presence', { presence: 'away' })
    for (const { socket } of [again, ada.line]) socket.close(1000)
  })
})

describe('a frame', () => {
  it.each<[what: string, frame: string | ArrayBuffer]>([
    ['binary', new ArrayBuffer(8)],
    ['too long', JSON.stringify({ t: 'cmd', id: 'command-1', name: 'post', body: 'x'.repeat(65_536) })],
    ['nonsense', 'nonsense'],
  ])('WS4: that is %s closes with 4400', async (what, frame) => {
    const { line } = await acme.visitor(`ws4-${what.replace(' ', '-')}`)
    line.socket.send(frame)
    expect((await line.closed).code).toBe(4400)
  })

  it('WS5: ping is answered pong, and wakes nobody', async () => {
    const { conversation, line } = await acme.visitor('ws5')
    const stub = acme.conversation(conversation)
    const lives = vi.spyOn(Object.getPrototypeOf(await prototypeOf(stub)), 'onMessage')
    await evictDurableObject(stub)
    for (let i = 0; i < 3; i += 1) await line.ping()
    // Only who runs can be evicted.
    await expect(evictDurableObject(stub)).rejects.toThrow()
    expect(lives).not.toHaveBeenCalled()
    await line.command('history', { before: 1 })
    await evictDurableObject(stub)
    lives.mockRestore()
  })

  it('WS5: tells when a client was last heard of', async () => {
    const { conversation, line } = await acme.visitor('ws5-seen')
    const before = Date.now()
    await line.ping()
    const seen = await runInDurableObject(acme.conversation(conversation), ({ actor }) =>
      actor.decide((_state, turn) => turn.seen('public')),
    )
    expect(seen).toBeGreaterThanOrEqual(before)
  })

  it('WS8: that meets a bug is answered in general words and closes with 4500', async () => {
    const { conversation, line } = await acme.visitor('ws8')
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    await runInDurableObject(acme.conversation(conversation), ({ actor }) => {
      vi.spyOn(actor, 'command').mockImplementation(() => {
        throw new Error('a secret of ours')
      })
    })
    line.send({ t: 'cmd', id: 'command-1', name: 'post', body: { text: 'x' } })
    expect(await line.closed).toMatchObject({ code: 4500, reason: 'internal error' })
    expect(line.frames.at(-1)).toMatchObject({ t: 'error', error: { code: 'internal' } })
    expect(line.heard.join()).not.toContain('secret')
    expect(JSON.stringify(logged.mock.calls)).toContain('a secret of ours')
    logged.mockRestore()
    await evictDurableObject(acme.conversation(conversation))
  })

  it('OB2: a message of another actor that meets a bug is logged where it happened, and its sender tries again', async () => {
    const id = await acme.enter('ob2')
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const from = acme.thread('ob2')
    const sender = await runInDurableObject(from, ({ actor }) => actor.name)
    const heads = await runInDurableObject(acme.conversation(id), async (instance, { storage }) => {
      const heard = await instance.receive({ from: sender, base: 1, rows: [], config: 0 })
      const message = { type: 'succeeded' as const, next: asId<ConversationId>('elsewhere') }
      const packet = { from: sender, base: heard + 1, rows: [{ n: heard + 1, message }], config: 0 }
      const transaction = vi.spyOn(storage, 'transactionSync').mockImplementation(() => {
        throw new Error('no space')
      })
      await expect(instance.receive(packet)).rejects.toThrow('no space')
      transaction.mockRestore()
      const before = instance.actor.state.talk.get().next
      await instance.receive(packet)
      return [before, instance.actor.state.talk.get().next]
    })
    expect(heads).toEqual([null, 'elsewhere'])
    expect(JSON.stringify(logged.mock.calls)).toMatch(/receive.*no space/)
    logged.mockRestore()
  })

  it('WS8: a bug while connecting closes with 4500 too, and tells nothing', async () => {
    const id = await acme.enter('ws8-connect')
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const headers = { upgrade: 'websocket', [PRINCIPAL_HEADER]: '{"kind":"nobody"}' }
    const response = await acme.conversation(id).fetch(new Request('https://actor/', { headers }))
    if (response.webSocket === null) throw new Error('no socket')
    const line = new Line(response.webSocket)
    expect((await line.closed).code).toBe(4500)
    expect(line.heard.join()).not.toMatch(/stack|at /)
    logged.mockRestore()
  })
})

describe('a close', () => {
  it.each([
    ['with 1000', 1000],
    ['with a code of its own', 3001],
    ['without a code', undefined],
  ])('WS7: by the client %s completes its handshake, awake or asleep', async (_how, code) => {
    for (const asleep of [false, true]) {
      const { conversation, line } = await acme.visitor(`ws7-${code}-${asleep}`)
      if (asleep) await evictDurableObject(acme.conversation(conversation))
      if (code === undefined) line.socket.close()
      else line.socket.close(code, 'bye')
      expect(await line.closed).toMatchObject({ code: code ?? 1005, wasClean: true })
      const left = await runInDurableObject(acme.conversation(conversation), (_it, ctx) =>
        ctx.getWebSockets().filter(({ readyState }) => readyState === WebSocket.OPEN),
      )
      expect(left).toEqual([])
    }
  })

  it('WS7: of a console tells its agent', async () => {
    const ben = await acme.connect('agent', 'ada', acme.staff('ada'))
    await ben.hello()
    ben.socket.close(1000)
    await ben.closed
    const seen = await runInDurableObject(acme.agent('ada'), ({ actor }) =>
      actor.decide((state, turn) => [turn.seen('console'), state.self.get().lastSeen]),
    )
    expect(seen).toEqual([null, expect.any(Number)])
  })
})

describe('a ticket', () => {
  it('WS10: opens its actor for 60 s, as often as one likes', async () => {
    const id = await acme.enter('ws10')
    const actor = nameOf(acme.org, 'conversation', id)
    const ticket = await signTicket(env.PARLEY_SECRET, actor, acme.customerOf(id, 'ws10'))
    const open = () => dial(`/connect/conversation/${id}`, `parley.v1, ticket.${ticket}`)
    await (await open()).hello()
    await (await open()).hello()
    // Clocks differ a little: five seconds are forgiven.
    later(66_000)
    expect((await (await open()).closed).code).toBe(4401)
  })

  it('WS10: that is bad is accepted, so that a browser can read it, and closed with 4401', async () => {
    const id = await acme.enter('ws10-bad')
    const actor = nameOf(acme.org, 'conversation', id)
    const ticket = await signTicket(env.PARLEY_SECRET, actor, acme.customerOf(id, 'ws10-bad'))
    const code = async (path: string, protocols: string | null) => (await (await dial(path, protocols)).closed).code
    const other = await acme.enter('ws10-other')
    expect(await code(`/connect/conversation/${other}`, `parley.v1, ticket.${ticket}`)).toBe(4401)
    expect(await code(`/connect/agent/${id}`, `parley.v1, ticket.${ticket}`)).toBe(4401)
    expect(await code(`/connect/conversation/${id}`, `parley.v1, ticket.${ticket}x`)).toBe(4401)
    expect(await code(`/connect/conversation/${id}`, 'parley.v1')).toBe(4401)
    expect(await code(`/connect/conversation/${id}`, `ticket.${ticket}`)).toBe(4406)
  })

  it('WS10: for an actor that does not want its bearer says so: 4404, 4403', async () => {
    const nobody = await acme.connect('conversation', 'never', acme.staff('ada'))
    expect((await nobody.closed).code).toBe(4404)
    const id = await acme.enter('ws10-mine')
    const other = await acme.connect('conversation', id, acme.customerOf(id, 'somebody-else'))
    expect((await other.closed).code).toBe(4404)
    const agent = await acme.connect('agent', 'ada', acme.staff('ben'))
    expect((await agent.closed).code).toBe(4403)
  })

  it('SC18: for an actor that is full is told so and to come back: 4429', async () => {
    const full = refuse('slow_down', 'too many are connected here, try again later', { retry: true })
    const { conversation, line } = await acme.visitor('sc18')
    await runInDurableObject(acme.conversation(conversation), ({ actor }) => {
      vi.spyOn(actor, 'seat').mockReturnValueOnce(full)
    })
    const late = await acme.connect('conversation', conversation, acme.customerOf(conversation, 'sc18'))
    expect((await late.closed).code).toBe(4429)
    expect(late.heard.map((text) => JSON.parse(text))).toEqual([{ t: 'error', error: full.error }])
    await line.ping()
  })
})

describe('a long poll', () => {
  const hello = { t: 'hello', v: 1, client: 'client-poll' }

  async function poll(id: string, customer: string, body: object) {
    const actor = nameOf(acme.org, 'conversation', id)
    const ticket = await signTicket(env.PARLEY_SECRET, actor, acme.customerOf(id, customer))
    const headers = { authorization: `Bearer ${ticket}`, 'content-type': 'application/json' }
    const address = `https://parley.example/poll/conversation/${id}`
    const response = await fetchApi(new Request(address, { method: 'POST', headers, body: JSON.stringify(body) }))
    return PollAnswer.parse(await response.json())
  }

  it('WS9: says hello, commands and marks, resumes, and hears the news of a socket, and the socket its own', async () => {
    const { conversation, line } = await acme.visitor('ws9')
    const first = await poll(conversation, 'ws9', { frames: [hello], wait: 0 })
    const [welcome] = first.frames
    if (welcome?.t !== 'welcome') throw new Error('no welcome')
    const resume = { epoch: welcome.epoch, seq: welcome.seq }
    const command = { t: 'cmd', id: 'poll-command-1', name: 'post', body: { text: 'by poll' } }
    const mark = { t: 'mark', delivered: 1, read: 1 }
    const sent = await poll(conversation, 'ws9', { frames: [{ ...hello, resume }, command, mark], wait: 0 })
    expect(sent.frames.map(({ t }) => t)).toContain('reply')
    await line.untilHeard('by poll')
    await line.until(() => (Object(line.view).marks.customer.read === 1 ? true : undefined))
    const waiting = poll(conversation, 'ws9', {
      frames: [{ ...hello, resume: { ...resume, seq: 1 } }],
      view: sent.view,
    })
    await line.command('post', { text: 'by socket' })
    const heard = await waiting
    expect(JSON.stringify(heard.frames)).toContain('by socket')
    expect(JSON.stringify(heard.frames)).not.toContain('by poll')
    expect(heard.closed).toBeNull()
    // The same command again is the same entry.
    const again = await poll(conversation, 'ws9', { frames: [hello, command], wait: 0 })
    expect(again.frames.find(({ t }) => t === 'reply')).toMatchObject({ value: { seq: 1 } })
  })

  it('WS9: tells the code with which the actor closes', async () => {
    const id = await acme.enter('ws9-closed')
    const answer = await poll(id, 'somebody-else', { frames: [hello], wait: 0 })
    expect(answer.closed).toBe(4404)
  })
})

describe('a deadline', () => {
  it('OB6, CV9: fires by the platform’s own alarm, while the actor and all it talks to are asleep', async () => {
    const steps = [
      { after: 0, queues: [{ queue: 'sales' }] },
      { after: 300, queues: [{ queue: 'care' }] },
    ]
    const queues = { sales: { name: 'Sales' }, care: { name: 'Care' } }
    const late = await Company.found('late', { ...simple, queues, plans: { chat: { name: 'Chat', steps } } })
    const watcher = await late.connect('queue', 'care', late.staff('sam', 'supervisor'))
    await watcher.hello()
    const { conversation, line } = await late.visitor('ob6')
    await line.command('post', { text: 'Hello' })
    await evictDurableObject(late.conversation(conversation))
    await evictDurableObject(late.queue('care'))
    await watcher.untilHeard(conversation)
  })
})

describe('a thread', () => {
  it('TH1, TH3: gives twenty at once the same conversation, which knows its customer by then', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => acme.enter('th1')))
    expect(new Set(ids).size).toBe(1)
    const begun = await runInDurableObject(acme.conversation(ids[0] ?? ''), ({ actor }) => actor.state.talk.get().begun)
    expect(begun?.customer).toEqual({ id: 'th1', name: 'th1', verified: false })
  })

  it('TH3: answers also when the conversation cannot be reached just now', async () => {
    const stub = acme.thread('th3')
    const reports = vi.spyOn(console, 'error').mockImplementation(() => {})
    await runInDurableObject(stub, ({ actor }) => vi.spyOn(actor, 'delivered').mockImplementation(async () => {}))
    expect(await acme.enter('th3')).toMatch(/^[0-9A-Z]{26}$/)
    reports.mockRestore()
  })
})

/** The class of an actor, as the worker runs it. */
function prototypeOf(stub: ReturnType<Company['conversation']>): Promise<object> {
  return runInDurableObject(stub, (instance) => Object.getPrototypeOf(instance))
}
