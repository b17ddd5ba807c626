/** As many sockets at one actor as it takes (SC18): how long they take to come, what they hold, and when a word is with all. */
import { join } from 'node:path'
import { MOST_SOCKETS, MOST_SOCKETS_OF_ALL } from '../core/engine/sessions.ts'
import { close } from '../core/protocol/link.ts'
import { type Client, eachOf, within } from './client.ts'
import { type Contact, Desk, opening } from './desk.ts'
import type { Line } from './report.ts'
import { startParley, usage } from './runtime.ts'
import type { Plan } from './sides.ts'
import { spread } from './stats.ts'

/** How often something is said to all. */
const words = 20

export async function crowdFigures({ stateDir }: Plan): Promise<Line[]> {
  const server = await startParley(join(stateDir, 'crowd'))
  const desk = await Desk.open(server.url, { queues: 1, agents: 1, capacity: 1 })
  const [contact] = await desk.contacts(1)
  if (contact === undefined) throw new Error('no conversation')
  const customer = await desk.customer(contact)
  await customer.command('post', { text: 'Hello?' })
  const before = server.pid === undefined ? Number.NaN : usage(server.pid).memory
  const begin = performance.now()
  const crowd = await gather(desk, contact, MOST_SOCKETS_OF_ALL - 1)
  const took = performance.now() - begin
  const held = server.pid === undefined ? Number.NaN : usage(server.pid).memory - before
  const refused = await desk.refusal(contact, 'one-more')
  const reached: number[] = []
  for (let i = 0; i < words; i += 1) reached.push(await toAll(customer, crowd))
  const { p50, p95 } = spread(reached)
  for (const one of crowd) one.close()
  customer.close()
  desk.close()
  await server.stop()
  const count = MOST_SOCKETS_OF_ALL.toLocaleString('en')
  return [
    {
      what: `${count} sockets of one conversation, opened ${opening} at a time`,
      parley: `${(took / 1_000).toFixed(1)} s`,
    },
    {
      what: 'one more is closed with',
      parley: String(refused),
      goal: { text: '4429', met: refused === close.slowDown },
    },
    { what: 'memory of each', parley: `${(held / crowd.length / 1024).toFixed(0)} KiB` },
    { what: 'a word is with the last of them after, p50 / p95', parley: `${p50.toFixed(0)} / ${p95.toFixed(0)} ms` },
  ]
}

/** Supervisors who look on, each with as many windows as one may have. */
function gather(desk: Desk, contact: Contact, count: number): Promise<Client[]> {
  const numbers = Array.from({ length: count }, (_, n) => n)
  return eachOf(numbers, opening, (n) => desk.supervisor(contact, `boss${Math.floor(n / MOST_SOCKETS)}`))
}

/** From the word to the moment when the last of them has it, in ms. */
function toAll(customer: Client, crowd: readonly Client[]): Promise<number> {
  const begin = performance.now()
  return within('a word to reach all', (done) => {
    let missing = crowd.length
    for (const one of crowd)
      one.onEvent = ({ name }) => {
        if (name !== 'entry') return
        one.onEvent = () => {}
        missing -= 1
        if (missing === 0) done(performance.now() - begin)
      }
    customer.send(crypto.randomUUID(), 'post', { text: 'Does everybody hear me?' }, () => {})
  })
}
