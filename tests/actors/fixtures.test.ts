/** Today's program opens the storage of every release, understands what its clients and peers said, and answers as it did. */
/// <reference types="vite/types/importMeta.d.ts" />
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Packet } from '../../core/engine/mail.ts'
import { asActorName, parseAddress } from '../../core/ids.ts'
import { ServerFrame } from '../../core/protocol/frames.ts'
import type { Principal } from '../../core/protocol/principal.ts'
import { ActorObject } from '../../durable-objects/engine/object.ts'
import { bindStore } from '../../durable-objects/engine/store.ts'
import { upgradeFor } from '../../worker/connect.ts'
import { input } from '../fixtures/config.ts'
import { covers, Fixture, restore } from '../fixtures/fixture.ts'
import { env } from './env.ts'
import { Line } from './kit/line.ts'

const files = import.meta.glob('../fixtures/v*/*.json', { eager: true, import: 'default' })
const fixtures = Object.entries(files).map(([path, file]) => ({
  title: path.replace(/^.*fixtures\/|\.json$/g, ''),
  fixture: Fixture.parse(file),
}))

/** The restored actors. What they send goes nowhere: their peers of then are not there. */
const restored = new Set<string>()

beforeAll(async () => {
  const receive = ActorObject.prototype.receive
  vi.spyOn(ActorObject.prototype, 'receive').mockImplementation(async function (
    this: ActorObject<unknown>,
    packet: Packet,
  ) {
    return restored.has(packet.from) ? (packet.rows.at(-1)?.n ?? 0) : receive.call(this, packet)
  })
  // A thread asks the book of its organisation before it opens.
  const book = env.BOOK.getByName(asActorName('fixture-thread/book/book'))
  expect(await book.publish({ id: 'the-first-version', by: 'olga', config: input })).toMatchObject({ ok: true })
})
afterAll(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function stubOf(actor: string) {
  const name = asActorName(actor)
  const namespaces = {
    thread: env.THREAD,
    conversation: env.CONVERSATION,
    queue: env.QUEUE,
    agent: env.AGENT,
    book: env.BOOK,
    access: env.ACCESS,
    limiter: env.LIMITER,
    register: env.REGISTER,
    floor: env.FLOOR,
  }
  return namespaces[parseAddress(name).kind].getByName(name)
}

async function open({ actor, tables }: Fixture): Promise<void> {
  const stub = stubOf(actor)
  await runInDurableObject(stub, (_instance, { storage }) => {
    const store = bindStore(storage)
    restore((sql, ...params) => store.exec(sql, ...params), tables)
  })
  await evictDurableObject(stub)
  restored.add(actor)
}

async function dial(actor: string, principal: Principal): Promise<Line> {
  const response = await stubOf(actor).fetch(upgradeFor({ actor: asActorName(actor), principal }))
  if (response.webSocket === null) throw new Error('no socket')
  return new Line(response.webSocket)
}

/** Calls a method by the name and with the arguments of then. */
async function call(actor: string, method: string, args: readonly unknown[]): Promise<unknown> {
  const stub = stubOf(actor)
  const remote: unknown = Reflect.get(stub, method)
  if (typeof remote !== 'function') throw new Error(`${method} is no more`)
  return Reflect.apply(remote, stub, args)
}

/** All frames that came, up to the answer to a question that no release understands. */
async function heardBy(line: Line, before: number): Promise<readonly ServerFrame[]> {
  await line.command('the-question-after', {})
  return line.frames.slice(before)
}

describe.each(fixtures)('the storage of $title', ({ fixture }) => {
  it('OB8, WS2: is opened, its frames and calls are understood, and answered as then', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: fixture.now })
    await open(fixture)
    const lines = new Map<string, Line>()
    for (const [n, step] of fixture.steps.entries()) {
      if ('method' in step) {
        const answer = await call(fixture.actor, step.method, step.args)
        expect(covers(answer, step.answer), difference(n, step.method, answer, step.answer)).toBe(true)
        continue
      }
      const line = lines.get(step.socket) ?? (await dial(fixture.actor, step.by))
      lines.set(step.socket, line)
      const before = line.frames.length
      for (const frame of step.frames) line.send(Object(frame))
      const heard = await heardBy(line, before)
      for (const then of step.heard) {
        const again = heard.some((now) => covers(now, then))
        expect(again, difference(n, step.socket, heard, then)).toBe(true)
      }
    }
    for (const { socket } of lines.values()) socket.close(1000)
  })

  it('OB8: was spoken of in frames that are still frames', () => {
    const heard = fixture.steps.flatMap((step) => ('heard' in step ? step.heard : []))
    for (const frame of heard) ServerFrame.parse(frame)
  })
})

it('OB8: there is a storage of every kind of actor', () => {
  const kinds = new Set(fixtures.map(({ fixture }) => parseAddress(asActorName(fixture.actor)).kind))
  expect([...kinds].sort()).toEqual(['agent', 'book', 'conversation', 'queue', 'thread'])
})

const difference = (n: number, what: string, now: unknown, then: unknown) =>
  `step ${n}, ${what}\nnow  ${JSON.stringify(now)}\nthen ${JSON.stringify(then)}`
