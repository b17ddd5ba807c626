/** What things cost, counted in workerd: rows per chat message, hops to the ringing console, messages per assignment. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { ActorObject } from '../../durable-objects/engine/object.ts'
import { Company, type Console } from './kit/company.ts'
import { countWrites, recordMessages } from './kit/counter.ts'
import type { Line } from './kit/line.ts'

let acme: Company
let ada: Console
beforeAll(async () => {
  acme = await Company.found('acme')
  ada = await acme.console('ada')
})

/** A talk between a customer and its agent, both looking at it, at rest. */
async function talking(customer: string) {
  const { conversation, line } = await acme.visitor(customer)
  await line.command('post', { text: 'Hello' })
  const lease = await ada.accept(conversation)
  const desk = await ada.look(conversation)
  await rest(conversation)
  return { conversation, line, desk, lease }
}

/** Lets the conveyor and the retries do what they have to do. */
async function rest(conversation: string) {
  for (let i = 0; i < 3; i += 1) await runDurableObjectAlarm(acme.conversation(conversation))
}

const marked = (line: Line, side: 'customer' | 'staff', read: number) =>
  line.until(() => (Object(line.view).marks[side].read >= read ? true : undefined))

describe('a chat message', () => {
  it('CV13: writes at most five rows, acknowledged by the other side and told to the record', async () => {
    const { conversation, line, desk, lease } = await talking('cv13')
    const costs = await countWrites(acme.conversation(conversation))
    const messages = 10
    vi.useFakeTimers({ toFake: ['Date'] })
    for (let n = 1; n <= messages; n += 1) {
      const [from, to] = n % 2 === 0 ? [line, desk] : [desk, line]
      const answer = await from.command('post', from === line ? { text: `${n}` } : { text: `${n}`, lease })
      expect(answer.t).toBe('reply')
      // Hello and the agent's joining came before.
      const read = n + 2
      to.send({ t: 'mark', delivered: read, read })
      await marked(from, to === desk ? 'staff' : 'customer', read)
      // The dearest case: each message a batch of its own for the record, and sure before the next one comes.
      for (const wait of [1_000, 5_000]) {
        vi.setSystemTime(Date.now() + wait)
        await runDurableObjectAlarm(acme.conversation(conversation))
      }
    }
    vi.useRealTimers()
    const [rows, alarms] = [costs.rows / messages, costs.alarms / messages]
    console.info(`rows per chat message: ${rows}; alarms set: ${alarms}\n${costs.statements.slice(-4).join('\n')}`)
    expect(costs.rows, costs.statements.join('\n')).toBeLessThanOrEqual(5 * messages)
    await line.command('leave', {})
  })

  it('CV13: is no matter for agent or queue', async () => {
    const { conversation, line, desk, lease } = await talking('cv13-others')
    // What the accepting left to do is done before the counting begins.
    for (const stub of [acme.agent('ada'), acme.queue('sales')]) await runDurableObjectAlarm(stub)
    const others = [await countWrites(acme.agent('ada')), await countWrites(acme.queue('sales'))]
    await line.command('post', { text: 'one' })
    await desk.command('post', { text: 'two', lease })
    await runDurableObjectAlarm(acme.conversation(conversation))
    expect(others.map(({ rows, statements }) => [rows, statements])).toEqual([
      [0, []],
      [0, []],
    ])
    await line.command('leave', {})
  })
})

describe('an assignment', () => {
  it('Q3: reaches the ringing console in four hops, without an alarm', async () => {
    const { conversation, line } = await acme.visitor('hops')
    const messages = recordMessages()
    // An alarm that rings meanwhile is put off: the path must not need it.
    const alarms = vi.spyOn(ActorObject.prototype, 'onAlarm').mockImplementation(() => {})
    await line.command('post', { text: 'Hello' })
    await ada.item(conversation, 'ringing')
    // Once in its life a conversation is registered; that is no part of an assignment.
    const taken = messages.taken.filter(({ type }) => type !== 'register')
    const hops = taken.map(({ from, to, type }) => `${from} ${type} ${to}`)
    const path = ['conversation wait queue', 'queue bid agent', 'agent claim conversation', 'conversation grant agent']
    // What else was sent meanwhile lies beside the path.
    expect([...new Set(hops)].filter((hop) => path.includes(hop))).toEqual(path)
    expect(hops.indexOf('conversation grant agent'), hops.join('; ')).toBeLessThan(path.length + 2)
    console.info(`hops to the ringing console: ${path.length}; taken by then: ${hops.length}`)
    messages.end()
    alarms.mockRestore()
    const ring = (instance: { onAlarm(): void }) => instance.onAlarm()
    await runInDurableObject(acme.conversation(conversation), ring)
    await runInDurableObject(acme.queue('sales'), ring)
    await runInDurableObject(acme.agent('ada'), ring)
    await line.command('leave', {})
  })

  it('Q3: costs at most twelve messages in a single queue, from the first word to a free agent again', async () => {
    const messages = recordMessages()
    const many = 5
    for (let n = 0; n < many; n += 1) {
      const { conversation, line } = await acme.visitor(`messages-${n}`)
      const before = messages.taken.length
      await line.command('post', { text: 'Hello' })
      const lease = await ada.accept(conversation)
      const desk = await ada.look(conversation)
      await desk.command('close', { lease })
      await ada.line.until(() => (ada.rows().has(`item/${conversation}`) ? undefined : true))
      for (const stub of [acme.conversation(conversation), acme.queue('sales'), acme.agent('ada')]) {
        await runDurableObjectAlarm(stub)
      }
      const types = messages.taken.slice(before).map(({ type }) => type)
      if (n === 0) console.info(`messages of a whole contact: ${types.length}: ${types.join(' ')}`)
      const assignment = types.filter((type) => !['start', 'register', 'current', 'place'].includes(type))
      expect(assignment.length, assignment.join(' ')).toBeLessThanOrEqual(12)
    }
    messages.end()
  })
})
