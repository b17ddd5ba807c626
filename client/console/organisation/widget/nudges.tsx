/** What the chat says first: the words, and on which pages, when and to whom they are said. */
import type { Nudge, WidgetSettings } from '../../../../core/protocol/widget.ts'
import { nudgeWords } from '../../../i18n/widget-nudges.ts'
import { NumberField, TextField } from '../../office/fields.tsx'
import { Group } from '../../office/form.tsx'
import { languagesOf, nameOfLanguage } from './languages.ts'
import type { PartProps } from './part.ts'

const MOST = 20

export function Nudges({ form, draft, set }: PartProps) {
  const t = nudgeWords.value
  const all = Object.entries(draft.nudges)
  const change = (id: string, next: Nudge) => set({ nudges: { ...draft.nudges, [id]: next } })
  const remove = (id: string) => {
    const { [id]: _, ...others } = draft.nudges
    set({ nudges: others })
  }
  return (
    <Group form={form} name="nudges" label={t.nudges} hint={t.hint}>
      {all.map(([id, nudge], n) => (
        <div class="asked" key={id} data-testid="nudge">
          {languagesOf(draft).map((language) => (
            <TextField
              key={language}
              form={form}
              name={`nudges.${id}.text.${language}`}
              label={t.text(n + 1, nameOfLanguage(language))}
              value={nudge.text[language] ?? ''}
              onChange={(text) => change(id, { ...nudge, text: { ...nudge.text, [language]: text } })}
            />
          ))}
          <TextField
            form={form}
            name={`nudges.${id}.page`}
            label={t.page}
            hint={t.pageHint}
            value={nudge.page ?? ''}
            onChange={(page) => change(id, { ...nudge, page })}
          />
          <NumberField
            form={form}
            name={`nudges.${id}.after`}
            label={t.after}
            value={nudge.after}
            onChange={(after) => change(id, { ...nudge, after })}
          />
          <NumberField
            form={form}
            name={`nudges.${id}.visits`}
            label={t.visits}
            value={nudge.visits}
            onChange={(visits) => change(id, { ...nudge, visits })}
          />
          <div class="row">
            <button type="button" class="btn sm line" onClick={() => remove(id)}>
              {t.remove(n + 1)}
            </button>
          </div>
        </div>
      ))}
      {all.length < MOST && (
        <button
          type="button"
          class="btn line"
          onClick={() => change(freshId(draft.nudges), { text: {}, after: 20, visits: 1 })}
        >
          {t.add}
        </button>
      )}
    </Group>
  )
}

/** Never one that was there before: whoever was told that one would not be told this. */
const freshId = (nudges: WidgetSettings['nudges']) => {
  const id = `n${Date.now().toString(36)}`
  return id in nudges ? `${id}-2` : id
}

/** Without the words that were left empty. */
export const tidyNudges = (nudges: WidgetSettings['nudges']): WidgetSettings['nudges'] =>
  Object.fromEntries(
    Object.entries(nudges).map(([id, { page = '', text, ...rest }]) => {
      const full = Object.entries(text).filter(([, words]) => words.trim() !== '')
      return [id, { ...rest, text: Object.fromEntries(full), ...(page.trim() === '' ? {} : { page }) }]
    }),
  )
