/** The load of messages: at a fixed rate, whatever the answers take, or as fast as the answers come. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import { type Spread, spread } from './stats.ts'

/** Two parties, who answer each other. */
export interface Room {
  readonly customer: Client
  readonly agent: Client
  /** Parley's: under which the agent may speak. */
  readonly lease?: number
}

/** What a person says: a sentence or two. */
const text = 'I ordered the blue one on Tuesday, and what came is green. Could you have a look?'
/** A socket may send 20 commands in 5 s; the first word and the last are among them. There are two in a room. */
export const perRoom = 2 * 16

/** Follows messages from the instant they should be sent to the other side and to the sender's answer. */
class Ledger {
  readonly received: number[] = []
  readonly acknowledged: number[] = []
  sent = 0
  readonly #sent = new Map<string, { readonly due: number; readonly to: Client }>()

  /** Hears what arrives in a room. */
  follow({ customer, agent }: Room): void {
    for (const client of [customer, agent]) {
      client.onEvent = ({ body }) => {
        const id = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : ''
        const sent = this.#sent.get(id)
        if (sent?.to === client) this.received.push(performance.now() - sent.due)
      }
    }
  }

  /** The `n`th message of a room: the two take turns. `due`: when it should be sent; a driver that is late does not hide it. */
  post({ customer, agent, lease }: Room, n: number, due: number, answered: () => void): void {
    const id = crypto.randomUUID()
    const [from, to] = n % 2 === 0 ? [customer, agent] : [agent, customer]
    this.sent += 1
    this.#sent.set(id, { due, to })
    const body = from === agent && lease !== undefined ? { text, lease } : { text }
    from.send(id, 'post', body, ({ ok, value }) => {
      if (!ok) throw new Error(`a message was refused: ${JSON.stringify(value)}`)
      this.acknowledged.push(performance.now() - due)
      answered()
    })
  }

  /** Until all that was sent has arrived on both sides. */
  async settle(): Promise<void> {
    const end = Date.now() + 20_000
    while (this.received.length < this.sent || this.acknowledged.length < this.sent) {
      if (Date.now() > end)
        throw new Error(`of ${this.sent} messages ${this.received.length} arrived, ${this.acknowledged.length} answers`)
      await sleep(10)
    }
  }
}

export interface OpenLoop {
  readonly delivery: Spread
  readonly answer: Spread
}

/** `rate` messages a second over all rooms in turn, for `seconds` after a second of warming up. */
export async function openLoop(
  rooms: readonly Room[],
  { rate, seconds }: { rate: number; seconds: number },
): Promise<OpenLoop> {
  await pour(rooms, rate, 1)
  const { received, acknowledged } = await pour(rooms, rate, seconds)
  return { delivery: spread(received), answer: spread(acknowledged) }
}

async function pour(rooms: readonly Room[], rate: number, seconds: number): Promise<Ledger> {
  const ledger = new Ledger()
  for (const room of rooms) ledger.follow(room)
  const begin = performance.now()
  const total = rate * seconds
  while (ledger.sent < total) {
    const now = performance.now()
    for (
      let due = begin + (ledger.sent * 1_000) / rate;
      due <= now && ledger.sent < total;
      due = begin + (ledger.sent * 1_000) / rate
    ) {
      const room = rooms[ledger.sent % rooms.length]
      if (room !== undefined) ledger.post(room, Math.floor(ledger.sent / rooms.length), due, () => {})
    }
    await sleep(1)
  }
  await ledger.settle()
  return ledger
}

export interface ClosedLoop {
  readonly perSecond: number
  readonly delivery: Spread
  /** All that were sent, the warming up included. */
  readonly messages: number
}

/**
 * `lanes` conversations at a time with `inFlight` messages each, for at most `seconds`. A lane goes on to its next room when
 * one has had its share of messages, so that no customer is told to slow down.
 */
export async function closedLoop(
  rooms: readonly Room[],
  { lanes, inFlight, seconds }: { lanes: number; inFlight: number; seconds: number },
): Promise<ClosedLoop> {
  const ledger = new Ledger()
  for (const room of rooms) ledger.follow(room)
  let over = false
  const warm = { at: 0, messages: 0 }
  const end = { at: 0, messages: 0 }
  const mark = (instant: { at: number; messages: number }) => {
    instant.at = performance.now()
    instant.messages = ledger.received.length
  }
  const stop = () => {
    if (!over) mark(end)
    over = true
  }
  const warming = setTimeout(() => mark(warm), 1_000)
  const timer = setTimeout(stop, 1_000 + seconds * 1_000)
  mark(warm)
  for (let lane = 0; lane < lanes; lane += 1) {
    const own = rooms.filter((_, i) => i % lanes === lane)
    let sent = 0
    const next = () => {
      const room = own[Math.floor(sent / perRoom)]
      // The load is what was promised only while every lane has rooms left.
      if (room === undefined) stop()
      if (room === undefined || over) return
      ledger.post(room, sent, performance.now(), next)
      sent += 1
    }
    for (let i = 0; i < inFlight; i += 1) next()
  }
  while (!over) await sleep(5)
  clearTimeout(warming)
  clearTimeout(timer)
  await ledger.settle()
  const perSecond = ((end.messages - warm.messages) * 1_000) / (end.at - warm.at)
  return { perSecond, delivery: spread(ledger.received.slice(warm.messages, end.messages)), messages: ledger.sent }
}
