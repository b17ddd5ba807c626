/** From a customer's first word to a ringing console: how long it takes at a steady rate, and what it commits. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, eachOf } from './client.ts'
import { type Contact, type Desk, opening } from './desk.ts'
import { type Spread, spread, sum } from './stats.ts'

export interface Offers {
  readonly offer: Spread
  readonly contacts: number
  /** When it was asked for: what was committed until the last one rang, the warming up included. */
  readonly commits?: Commits
}

interface Load {
  /** Contacts a second. */
  readonly rate: number
  readonly seconds: number
  /** Counting costs a little: such a round is not for its times. */
  readonly counts?: true
}

/**
 * So many contacts a second; the first two seconds warm up. Every contact must ring, and is taken at once;
 * the agents have room for all of a round, the customers leave after it.
 */
export async function offers(desk: Desk, { rate, seconds, counts }: Load): Promise<Offers> {
  const warm = rate * 2
  const contacts = await desk.contacts(warm + rate * seconds)
  const customers = await eachOf(contacts, opening, (contact) => desk.customer(contact))
  // Not long enough for the conversations to fall asleep: their customers have just come.
  await sleep(1_500)
  if (counts === true) await desk.countAnew()
  const begin = performance.now()
  const waits: Promise<number>[] = []
  while (waits.length < contacts.length) {
    const due = begin + (waits.length * 1_000) / rate
    await sleep(Math.max(0, due - performance.now()))
    const contact = contacts[waits.length]
    const customer = customers[waits.length]
    if (contact === undefined || customer === undefined) break
    waits.push(offer(desk, contact, customer, due))
  }
  const times = await Promise.all(waits)
  const committed = counts === true ? { commits: await counted(desk, times.length) } : {}
  await eachOf(customers, opening, async (customer) => {
    await customer.command('leave', {})
    customer.close()
  })
  await sleep(2_000)
  return { offer: spread(times.slice(warm)), contacts: times.length - warm, ...committed }
}

/** In ms from when the customer should have written. */
async function offer(desk: Desk, contact: Contact, customer: Client, due: number): Promise<number> {
  const ringing = desk.rings(contact)
  await customer.command('post', { text: 'Hello?' })
  const { at } = await ringing
  return at - due
}

export interface Commits {
  /** For each message type, per assignment. */
  readonly byType: Readonly<Record<string, number>>
  readonly total: number
}

/** Messages committed between actors from the first word until the contact is owned and everybody has heard of it. */
export async function commits(desk: Desk, contacts: number): Promise<Commits> {
  const waiting = await desk.contacts(contacts)
  const customers = await eachOf(waiting, opening, (contact) => desk.customer(contact))
  await desk.countAnew()
  for (const [i, contact] of waiting.entries()) {
    const ringing = desk.rings(contact)
    await customers[i]?.command('post', { text: 'Hello?' })
    await ringing
    await sleep(50)
  }
  const found = await counted(desk, contacts)
  for (const customer of customers) customer.close()
  return found
}

/** Once everybody has heard of it. */
async function counted(desk: Desk, contacts: number): Promise<Commits> {
  await sleep(1_500)
  const { messages } = await desk.counts()
  const byType = Object.fromEntries(Object.entries(messages).map(([type, count]) => [type, count / contacts]))
  return { byType, total: sum(Object.values(byType)) }
}
