/** The field in which the customer writes, for those beside it. */
import { widgetIds } from '../ui/testids.ts'

export const composerField = () => document.querySelector<HTMLTextAreaElement>(`[data-testid="${widgetIds.composer}"]`)

/** As typed, so that it can be undone and the composer hears of it; there is no other way to write into a field's history. */
export function insertText(text: string): void {
  composerField()?.focus()
  document.execCommand('insertText', false, text)
}
