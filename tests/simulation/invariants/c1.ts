/** C1: entry numbers are gapless, entries never change but that words are taken away, and one command is one entry. */
import { isDeepStrictEqual } from 'node:util'
import { removedFrom, withoutWords } from '../../../core/conversation/words.ts'
import { ConversationFacts } from '../facts/facts.ts'
import type { MakeRule } from './rule.ts'

interface Book {
  /** Entries as they were first seen, as text; index 0 is entry 1. */
  readonly entries: string[]
  readonly commands: Set<string>
  readonly texts: Set<string>
  publicHead: number
  looked: number
}

/** Every so many commits all old entries are read again. */
const READ_ALL = 16

export const c1: MakeRule = ({ facts, hit, fail }) => {
  const books = new Map<string, Book>()

  function look(conversation: ConversationFacts, all: boolean) {
    const known = books.get(conversation.name)
    const book = known ?? { entries: [], commands: new Set(), texts: new Set(), publicHead: 0, looked: 0 }
    if (known === undefined) books.set(conversation.name, book)
    const from = all ? 0 : book.entries.length
    let expected = from
    for (const row of conversation.home.disk.exec('SELECT * FROM entries WHERE seq > ? ORDER BY seq', from)) {
      expected += 1
      const text = JSON.stringify(row)
      if (row.seq !== expected)
        return fail('C1', `${conversation.name} has entry ${row.seq} where ${expected} should be`)
      const before = book.entries[expected - 1]
      if (before !== undefined && isTombstoneOf(before, text)) {
        hit('C1 removed')
        book.entries[expected - 1] = text
      } else if (before !== undefined && before !== text)
        return fail('C1', `${conversation.name} changed an entry: ${before} is ${text}`)
      if (before === undefined) add(conversation, book, row, text)
    }
    if (expected < book.entries.length) fail('C1', `${conversation.name} lost what came after entry ${expected}`)
  }

  function add(conversation: ConversationFacts, book: Book, row: Record<string, unknown>, text: string) {
    hit('C1 entries')
    book.entries.push(text)
    const command = `${row.sender} ${row.command}`
    if (book.commands.has(command)) fail('C1', `${conversation.name} made two entries of ${command}`)
    book.commands.add(command)
    const said = /sentence \d+/.exec(String(row.body))?.[0]
    if (said !== undefined && book.texts.has(said))
      fail('C1', `${conversation.name} made two entries of one command: ${said}`)
    if (said !== undefined) book.texts.add(said)
    if (row.pub === null) return
    book.publicHead += 1
    if (row.pub !== book.publicHead)
      fail('C1', `${conversation.name} has public entry ${row.pub}, not ${book.publicHead}`)
  }

  return {
    commit({ actor }) {
      if (!(actor instanceof ConversationFacts)) return
      const book = books.get(actor.name)
      if (book !== undefined) book.looked += 1
      look(actor, book !== undefined && book.looked % READ_ALL === 0)
    },
    rest() {
      for (const conversation of facts.conversations.values()) look(conversation, true)
    },
  }
}

/** Whether a row is another one with nothing gone but somebody's words. */
function isTombstoneOf(before: string, after: string): boolean {
  const [was, is] = [JSON.parse(before), JSON.parse(after)]
  const [said, left] = [JSON.parse(was.body), JSON.parse(is.body)]
  const how = removedFrom(left.body)
  if (how === null || !isDeepStrictEqual(left.body, withoutWords(said.body, how))) return false
  const same = (row: object, { body: _, ...rest }: { body: unknown }) => JSON.stringify({ ...row, ...rest, body: '' })
  return same(was, said) === same(is, left)
}
