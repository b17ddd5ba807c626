/** Writes into the composer's field as somebody would by hand, so that it can be undone and the composer hears of it. */
import { consoleIds as ids } from '../../ui/testids.ts'

export interface Range {
  readonly from: number
  readonly to: number
}

export const composerField = () => document.querySelector<HTMLTextAreaElement>(`[data-testid="${ids.composer}"]`)

/** There is no other way to write into a field's history. */
export function insert(field: HTMLTextAreaElement, { from, to }: Range, text: string): void {
  field.focus()
  field.setSelectionRange(from, to)
  document.execCommand('insertText', false, text)
}

/** Puts these marks around what is selected, or takes them away where they stand. */
export function surround(field: HTMLTextAreaElement, mark: string): void {
  const { value, selectionStart: from, selectionEnd: to } = field
  const { length } = mark
  const words = value.slice(from, to)
  const isMarked = value.slice(0, from).endsWith(mark) && value.slice(to).startsWith(mark)
  const range = isMarked ? { from: from - length, to: to + length } : { from, to }
  insert(field, range, isMarked ? words : `${mark}${words}${mark}`)
  const at = isMarked ? from - length : from + length
  field.setSelectionRange(at, at + words.length)
}
