/** What the chat says first: the organisation's words for who looks at a page now, in their language. */
import { isOpen } from '../calendar/hours.ts'
import { own } from '../own.ts'
import type { Config } from '../protocol/config.ts'
import type { SaidNudge } from '../protocol/widget.ts'
import { wordsFor } from './look.ts'

/** None outside opening hours: nobody is there to answer. */
export function nudgesOf(
  { widget, hours }: Pick<Config, 'widget' | 'hours'>,
  locale: string,
  now: number,
): SaidNudge[] {
  const open = widget.hours === undefined ? undefined : own(hours, widget.hours)
  if (open !== undefined && !isOpen(open, now)) return []
  return Object.entries(widget.nudges).flatMap(([id, { text, page, after, visits }]) => {
    const words = wordsFor(text, locale)
    return words === undefined ? [] : [{ id, text: words, ...(page === undefined ? {} : { page }), after, visits }]
  })
}
