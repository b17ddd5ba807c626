/** The load of messages: at a fixed rate, whatever the answers take, or as fast as the answers come. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import { type Spread, spread } from './stats.ts'

/** Two parties; the sender's messages go to the receiver. */
export interface Room {
  readonly sender: Client
  readonly receiver: Client
}

/** What a person says: a sentence or two. */
const text = 'I ordered the blue one on Tuesday, and what came is green. Could you have a look?'
/** A socket may send 20 commands in 5 s; the first word and the last are among them. */
export const perRoom = 16

/** Follows messages from the instant they should be sent to the receiver and to the sender's answer. */
class Ledger {
  readonly received: number[] = []
  readonly acknowledged: number[] = []
  sent = 0
  readonly #due = new Map<string, number>()

  /** Hears what arrives in a room. */
  follow({ receiver }: Room): void {
    receiver.onEvent = ({ body }) => {
      const id = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : ''
      const due = this.#due.get(id)
      if (due !== undefined) this.received.push(performance.now() - due)
    }
  }

  /** `due`: when it should be sent; a driver that is late does not hide it. */
  post({ sender }: Room, due: number, answered: () => void): void {
    const id = crypto.randomUUID()
    this.sent += 1
    this.#due.set(id, due)
    sender.send(id, 'post', { text }, ({ ok, value }) => {
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
      if (room !== undefined) ledger.post(room, due, () => {})
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
      sent += 1
      ledger.post(room, performance.now(), next)
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
