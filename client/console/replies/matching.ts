/** Which canned replies are meant by what is being typed. */

import type { Desk } from '../../../core/protocol/api.ts'
import { fold, UNIT } from '../../../core/text/fold.ts'

export type Reply = Desk['replies'][number]

/** A sign at the beginning of a word, with what follows it up to the caret: `from` is where the sign stands. */
export interface Call {
  readonly from: number
  readonly to: number
  readonly query: string
}

const sign = /(?:^|\s)(\/|::|#)([\p{L}\p{N}\p{M}_-]{0,40})$/u
const letter = /\p{L}/u
/** As many as somebody looks through. */
const MOST = 50

/** Null where no reply is called for: in the middle of a word, or after a sign that stands within one. */
export function callAt(text: string, caret: number): Call | null {
  const found = sign.exec(text.slice(0, caret))
  if (found === null || /^\S/.test(text.slice(caret))) return null
  const [, mark = '', query = ''] = found
  return { from: caret - mark.length - query.length, to: caret, query }
}

export interface Wanted {
  readonly query: string
  /** The one by which the conversation came. */
  readonly queue: string | null
  /** In which the writer reads the console. */
  readonly language: string
}

/**
 * Those that may be used here and fit, the best first: by their shortcut, then by their text. A number is looked for in
 * shortcuts only, since `#12` is more often an order than a reply.
 */
export function repliesFor(replies: readonly Reply[], { query, queue, language }: Wanted): Reply[] {
  const wanted = folded(query)
  const rank = ({ shortcut, text }: Reply) => {
    const name = folded(shortcut)
    if (name.startsWith(wanted)) return name === wanted ? 0 : 1
    if (name.includes(wanted)) return 2
    return letter.test(query) && folded(text).includes(wanted) ? 3 : null
  }
  const strange = ({ language: its }: Reply) => (its === undefined ? 1 : its.split('-')[0] === language ? 0 : 2)
  return replies
    .filter(({ queues }) => queues === undefined || (queue !== null && queues.includes(queue)))
    .flatMap((reply) => {
      const at = rank(reply)
      return at === null ? [] : [{ reply, at }]
    })
    .sort(
      (a, b) =>
        a.at - b.at ||
        strange(a.reply) - strange(b.reply) ||
        a.reply.shortcut.localeCompare(b.reply.shortcut) ||
        (a.reply.id < b.reply.id ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ reply }) => reply)
}

/** As the search compares words. */
const folded = (text: string): string => text.replace(UNIT, fold)
