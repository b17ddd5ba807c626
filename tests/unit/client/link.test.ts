import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TicketAnswer } from '../../../client/net/around.ts'
import { retryDelay } from '../../../client/net/backoff.ts'
import { Link, type LinkState } from '../../../client/net/link.ts'
import type { Position, ServerFrame } from '../../../core/protocol/frames.ts'
import { close } from '../../../core/protocol/link.ts'
import { FakeAround, FakeSocket, newest, pass, welcome } from './around.ts'

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.made = []
})
afterEach(() => void vi.useRealTimers())

function make(ticket: (n: number) => TicketAnswer | Promise<TicketAnswer> = (n) => ({ ticket: `t${n}` })) {
  const around = new FakeAround()
  const frames: ServerFrame[] = []
  const states: LinkState[] = []
  const log: string[] = []
  const slow: boolean[] = []
  let position: Position | null = null
  let tickets = 0
  let code = 0
  const link = new Link(around, 'conversation/c1', async () => ticket(++tickets), {
    position: () => position,
    frame: (frame) => {
      frames.push(frame)
      if (frame.t === 'welcome') position = { epoch: frame.epoch, seq: frame.seq }
    },
    ready: () => void log.push('ready'),
    lost: () => void log.push('lost'),
    state: (state, why) => {
      states.push(state)
      code = why
    },
    slow: (is) => {
      if (slow.at(-1) !== is) slow.push(is)
    },
  })
  return { around, link, frames, states, log, slow, tickets: () => tickets, code: () => code }
}

async function live() {
  const made = make()
  await pass(1)
  newest().accept()
  newest().say(welcome(7))
  return made
}

describe('a link over a socket', () => {
  it('offers the protocol and a ticket, says hello, and is live with the welcome', async () => {
    const { link, log } = make()
    await pass(1)
    expect(newest().url).toBe('wss://chat.example/connect/conversation/c1')
    expect(newest().protocols).toEqual(['parley.v1', 'ticket.t1'])
    newest().accept()
    expect(link.state).toBe('connecting')
    expect(newest().frames()).toEqual([{ t: 'hello', v: 1, client: '01TESTTAB0' }])
    newest().say(welcome(7))
    expect(link.state).toBe('live')
    expect(log).toEqual(['ready'])
  })

  it('comes back within a second of an ordinary drop, with a new ticket and where it was', async () => {
    const { link, log } = await live()
    await pass(10)
    newest().drop(1006)
    expect(link.state).toBe('connecting')
    await pass(1_000)
    expect(FakeSocket.made).toHaveLength(2)
    expect(newest().protocols[1]).toBe('ticket.t2')
    newest().accept()
    expect(newest().frames()).toEqual([{ t: 'hello', v: 1, client: '01TESTTAB0', resume: { epoch: 'e1', seq: 7 } }])
    newest().say(welcome(7, { resumed: true }))
    expect(link.state).toBe('live')
    expect(log).toEqual(['ready', 'lost', 'ready'])
  })

  it.each([
    ['closed', (socket: FakeSocket) => socket.drop(1006)],
    ['failed', (socket: FakeSocket) => socket.refuse()],
  ])(
    'WS11: comes back within three seconds, spread evenly, when a line that had held is %s by a crash',
    async (_, crash) => {
      const { around } = await live()
      for (const random of [0.99, 0.5]) {
        around.random = random
        await pass(4_000)
        newest().say('pong')
        await pass(4_000)
        const before = FakeSocket.made.length
        crash(newest())
        await pass(3_000 * random - 10)
        expect(FakeSocket.made).toHaveLength(before)
        await pass(20)
        expect(FakeSocket.made).toHaveLength(before + 1)
        newest().accept()
        newest().say(welcome(7, { resumed: true }))
      }
    },
  )

  it('WS11: grows patient after the first try, and comes back at once with the network', async () => {
    const { around } = await live()
    around.random = 0.99
    await pass(6_000)
    newest().drop(1006)
    await pass(3_000)
    newest().refuse()
    await pass(1_000)
    expect(FakeSocket.made).toHaveLength(2)
    await pass(1_000)
    expect(FakeSocket.made).toHaveLength(3)
    newest().accept()
    newest().say(welcome(7))
    await pass(6_000)
    newest().drop(1006)
    await pass(1)
    around.sign('online')
    await pass(1)
    expect(FakeSocket.made).toHaveLength(4)
  })

  it('pings every 5 s and drops a line that is silent for 12 s', async () => {
    const { link } = await live()
    const first = newest()
    await pass(5_000)
    expect(first.sent.filter((text) => text === 'ping')).toHaveLength(1)
    first.say('pong')
    await pass(12_000)
    expect(link.state).toBe('live')
    await pass(1_000)
    expect(link.state).toBe('connecting')
    await pass(1_000)
    expect(FakeSocket.made).toHaveLength(2)
  })

  it('NW2: says within seconds that a line which is open at this end only is slow, and with the first word that it is not', async () => {
    const { link, slow } = await live()
    const socket = newest()
    await pass(4_000)
    socket.say('pong')
    expect(slow.at(-1)).toBe(false)
    await pass(4_000)
    expect(slow.at(-1)).toBe(true)
    expect(link.state).toBe('live')
    socket.say(welcome(8))
    expect(slow.at(-1)).toBe(false)
  })

  it('goes on pinging, and notices silence, when the clock of the computer is set back', async () => {
    const { link } = await live()
    await pass(4_000)
    vi.setSystemTime(Date.now() - 300_000)
    const socket = newest()
    for (let i = 0; i < 4; i++) {
      await pass(5_000)
      socket.say('pong')
    }
    expect(socket.sent.filter((text) => text === 'ping').length).toBeGreaterThanOrEqual(3)
    expect(link.state).toBe('live')
    await pass(14_000)
    expect(link.state).toBe('connecting')
  })

  it('drops a line that does not answer soon after the page is looked at again', async () => {
    const { around, link } = await live()
    around.sign('visible')
    expect(newest().sent.at(-1)).toBe('ping')
    await pass(5_000)
    expect(link.state).toBe('connecting')
  })

  it('ends the wait when the network is back', async () => {
    const { around } = await live()
    newest().drop(close.restart)
    await pass(100)
    expect(FakeSocket.made).toHaveLength(1)
    around.sign('online')
    await pass(1)
    expect(FakeSocket.made).toHaveLength(2)
  })

  it.each([close.forbidden, close.gone, close.replaced])('stops for good at %i', async (code) => {
    const made = await live()
    newest().drop(code)
    await pass(120_000)
    expect(FakeSocket.made).toHaveLength(1)
    expect(made.link.state).toBe('stopped')
    expect(made.code()).toBe(code)
  })

  it('reloads the page at another version', async () => {
    const { around } = await live()
    newest().drop(close.version)
    expect(around.reloads).toBe(1)
  })

  it('gets a new ticket when the old one is no longer good', async () => {
    const { tickets, link } = await live()
    newest().drop(close.unauthenticated)
    await pass(1_000)
    expect(tickets()).toBe(2)
    expect(link.state).toBe('connecting')
  })

  it('stops when there is no ticket to be had, and goes on trying when nobody can be asked', async () => {
    const stopped = make(() => ({ stop: close.gone }))
    await pass(1)
    expect(stopped.link.state).toBe('stopped')
    const trying = make((n) => (n < 4 ? Promise.reject(new Error('offline')) : { ticket: 't' }))
    await pass(5_000)
    expect(trying.states).toContain('offline')
    newest().accept()
    newest().say(welcome(1))
    expect(trying.link.state).toBe('live')
  })
})

describe('a link where upgrades are refused', () => {
  async function polling() {
    const made = make()
    await pass(1)
    newest().refuse()
    await pass(1_500)
    newest().refuse()
    await pass(50)
    return made
  }

  it('polls after two refusals: at once first, then with the longest wait', async () => {
    const { around, link, log } = await polling()
    expect(around.polls).toHaveLength(1)
    expect(around.polls[0]?.url).toBe('https://chat.example/poll/conversation/c1')
    expect(around.polls[0]?.body).toMatchObject({ frames: [{ t: 'hello' }], wait: 0 })
    around.polls[0]?.answer([welcome(7)])
    await pass(1)
    expect(link.state).toBe('polling')
    expect(log).toEqual(['ready'])
    expect(around.polls[1]?.body).toEqual({
      frames: [{ t: 'hello', v: 1, client: '01TESTTAB0', resume: { epoch: 'e1', seq: 7 } }],
    })
  })

  it('sends a command at once beside the long poll', async () => {
    const { around, link } = await polling()
    around.polls[0]?.answer([welcome(7)])
    await pass(1)
    link.send({ t: 'cmd', id: 'command-1', name: 'post', body: {} })
    await pass(30)
    expect(around.polls).toHaveLength(3)
    expect(around.polls[2]?.body).toMatchObject({ wait: 0, frames: [{ t: 'hello' }, { t: 'cmd', id: 'command-1' }] })
  })

  const cmd = (id: string, text = '') => ({ t: 'cmd', id, name: 'post', body: { text } }) as const
  const commands = (around: FakeAround) =>
    around.polls.map(({ body }) => body.frames.flatMap((frame) => (frame.t === 'cmd' ? [frame.id] : [])))

  it('has one short poll on its way at a time, so that none overtakes another', async () => {
    const { around, link } = await polling()
    around.polls[0]?.answer([welcome(7)])
    await pass(1)
    link.send(cmd('command-1'))
    await pass(30)
    link.send(cmd('command-2'))
    link.send(cmd('command-3'))
    await pass(100)
    expect(commands(around).slice(2)).toEqual([['command-1']])
    around.polls[2]?.answer([welcome(7, { resumed: true })])
    await pass(1)
    expect(commands(around).slice(2)).toEqual([['command-1'], ['command-2', 'command-3']])
  })

  it('sends no more at once than the server reads, and says of a command that it is too large by itself', async () => {
    const { around, link, frames } = await polling()
    around.polls[0]?.answer([welcome(7)])
    await pass(1)
    const large = '漢'.repeat(8_000)
    for (const id of ['command-1', 'command-2', 'command-3']) link.send(cmd(id, large))
    link.send(cmd('command-4', large.repeat(3)))
    await pass(30)
    for (let at = 2; at < around.polls.length; at++) {
      const poll = around.polls[at]
      if (new TextEncoder().encode(JSON.stringify(poll?.body)).length > 65_536) poll?.status(413)
      else poll?.answer([welcome(7, { resumed: true })])
      await pass(1)
    }
    expect(commands(around).slice(2)).toEqual([['command-1', 'command-2'], ['command-3'], ['command-4']])
    expect(frames.at(-1)).toMatchObject({ t: 'refused', id: 'command-4', error: { code: 'too_large' } })
    expect(link.state).toBe('polling')
  })

  it('sends by themselves what was too large together', async () => {
    const { around, link } = await polling()
    around.polls[0]?.answer([welcome(7)])
    await pass(1)
    link.send(cmd('command-1'))
    link.send(cmd('command-2'))
    await pass(30)
    around.polls[2]?.status(413)
    await pass(1)
    around.polls[3]?.answer([welcome(7, { resumed: true })])
    await pass(1)
    expect(commands(around).slice(2)).toEqual([['command-1', 'command-2'], ['command-1'], ['command-2']])
  })

  it('leaves alone a snapshot that a faster poll has overtaken', async () => {
    const { around, frames } = await polling()
    around.polls[0]?.answer([welcome(7)])
    await pass(1)
    const before = frames.length
    around.polls[1]?.answer([welcome(3)])
    await pass(1)
    expect(frames).toHaveLength(before)
  })

  it('tries the socket again every minute and goes over to it', async () => {
    const { around, link } = await polling()
    around.polls[0]?.answer([welcome(7)])
    await pass(1)
    const before = FakeSocket.made.length
    await pass(50_000)
    expect(FakeSocket.made).toHaveLength(before)
    await pass(15_000)
    expect(FakeSocket.made).toHaveLength(before + 1)
    newest().accept()
    newest().say(welcome(7, { resumed: true }))
    expect(link.state).toBe('live')
    const polls = around.polls.length
    await pass(30_000)
    expect(around.polls).toHaveLength(polls)
  })

  it('tells that it is offline while polls fail too, and goes back to the socket with the network', async () => {
    const { around, link, states } = await polling()
    around.polls[0]?.fail()
    await pass(1)
    expect(link.state).toBe('offline')
    for (let i = 0; i < 10; i++) {
      await pass(10_000)
      around.polls.at(-1)?.fail()
    }
    await pass(11_000)
    const sockets = FakeSocket.made.length
    around.polls.at(-1)?.answer([welcome(7)])
    await pass(10)
    expect(states.at(-1)).toBe('polling')
    expect(FakeSocket.made.length).toBeGreaterThan(sockets)
  })

  it('stops when the actor is gone', async () => {
    const made = await polling()
    made.around.polls[0]?.answer([], close.gone)
    await pass(1)
    expect(made.link.state).toBe('stopped')
    expect(made.code()).toBe(close.gone)
  })
})

describe('backoff', () => {
  it('is fully jittered, below a second at first and never above ten', () => {
    expect(retryDelay(0, 1006, () => 0.999)).toBeLessThan(1_000)
    expect(retryDelay(0, 1006, () => 0)).toBe(200)
    expect(retryDelay(20, 1006, () => 0.999)).toBeLessThanOrEqual(10_000)
  })

  it('spreads the whole crowd after a restart', () => {
    expect(retryDelay(0, close.restart, () => 0)).toBe(0)
    expect(retryDelay(0, close.restart, () => 0.999)).toBeGreaterThan(9_000)
  })

  it('slows down when told to', () => {
    expect(retryDelay(0, close.slowDown, () => 0)).toBe(5_000)
  })
})
