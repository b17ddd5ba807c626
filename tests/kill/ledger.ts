/** What was written and what the server said to it, to be held against what it has stored. */
import type { StaffEntry } from '../../core/protocol/conversation.ts'
import type { Outcome } from './client.ts'

export interface Word {
  readonly conversation: string
  /** A customer or agent; each numbers its words of a conversation. */
  readonly sender: string
  readonly text: string
  readonly id: string
  /** The number that was acknowledged, in the sender's own stream; null while unanswered or when refused. */
  seq: number | null
  refused: boolean
}

export interface Count {
  readonly acknowledged: number
  readonly stored: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly misplaced: readonly string[]
}

/** The words of the load carry their sender and number: `carl#12`. */
const pattern = /^(\w+)#(\d+)$/

export class Ledger {
  readonly #words: Word[] = []
  readonly #numbers = new Map<string, number>()

  get acknowledged(): number {
    return this.#words.reduce((sum, { seq }) => sum + (seq === null ? 0 : 1), 0)
  }

  get unanswered(): number {
    return this.#words.reduce((sum, { seq, refused }) => sum + (seq === null && !refused ? 1 : 0), 0)
  }

  /** The next text of a sender in a conversation. */
  nextText(conversation: string, sender: string): string {
    const key = `${conversation}/${sender}`
    const number = (this.#numbers.get(key) ?? 0) + 1
    this.#numbers.set(key, number)
    return `${sender}#${number}`
  }

  async note(conversation: string, sender: string, text: string, sent: { id: string; outcome: Promise<Outcome> }) {
    const word: Word = { conversation, sender, text, id: sent.id, seq: null, refused: false }
    this.#words.push(word)
    const outcome = await sent.outcome
    if (outcome.ok) word.seq = seqOf(outcome.value)
    else word.refused = true
  }

  compare(conversation: string, stored: readonly StaffEntry[]): Count {
    const lost: string[] = []
    const doubled: string[] = []
    const misplaced: string[] = []
    for (const word of this.#words.filter((one) => one.conversation === conversation)) {
      const found = stored.filter(
        ({ id, body }) => id === word.id || (body.type === 'message' && body.text === word.text),
      )
      const [entry] = found
      if (entry === undefined && word.seq !== null) lost.push(word.text)
      if (entry !== undefined && word.refused) misplaced.push(`${word.text} was refused, and is stored`)
      if (found.length > 1) doubled.push(word.text)
      if (entry !== undefined && word.seq !== null && word.seq !== numberOf(entry))
        misplaced.push(`${word.text} was acknowledged as ${word.seq}, and is ${numberOf(entry)}`)
    }
    misplaced.push(...gaps(stored), ...outOfOrder(stored))
    const messages = stored.filter(({ body }) => body.type === 'message').length
    const acknowledged = this.#words.filter((one) => one.conversation === conversation && one.seq !== null).length
    return { acknowledged, stored: messages, lost, doubled, misplaced }
  }
}

export const total = (counts: readonly Count[]): Count => ({
  acknowledged: counts.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
  stored: counts.reduce((sum, { stored }) => sum + stored, 0),
  lost: counts.flatMap(({ lost }) => lost),
  doubled: counts.flatMap(({ doubled }) => doubled),
  misplaced: counts.flatMap(({ misplaced }) => misplaced),
})

/** A customer is told the number in the public stream, staff the one in theirs. */
const numberOf = ({ from, seq, pub }: StaffEntry) => (from.role === 'customer' ? pub : seq)

function seqOf(value: unknown): number {
  if (typeof value === 'object' && value !== null && 'seq' in value && typeof value.seq === 'number') return value.seq
  throw new Error(`an acknowledgement without a number: ${JSON.stringify(value)}`)
}

function gaps(stored: readonly StaffEntry[]): string[] {
  const pubs = stored.flatMap(({ pub }) => (pub === null ? [] : [pub]))
  return [stored.map(({ seq }) => seq), pubs].flatMap((numbers) =>
    numbers
      .flatMap((number, at) => (number === at + 1 ? [] : [`entry ${number} stands where ${at + 1} should`]))
      .slice(0, 1),
  )
}

/** Each sender's words stand in the order in which they were written. */
function outOfOrder(stored: readonly StaffEntry[]): string[] {
  const last = new Map<string, number>()
  return stored.flatMap(({ body }) => {
    const [, sender = '', number = ''] = (body.type === 'message' && pattern.exec(body.text)) || []
    if (sender === '') return []
    const before = last.get(sender) ?? 0
    last.set(sender, Number(number))
    return Number(number) > before ? [] : [`${sender}#${number} after ${sender}#${before}`]
  })
}
