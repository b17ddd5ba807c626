/** What the chat asks before the first word. */
import type { Config } from '../../../../core/protocol/config.ts'
import type { PreChatField } from '../../../../core/protocol/widget.ts'
import { widgetLookWords } from '../../../i18n/widget-look.ts'
import { optionsOf, SelectField, SwitchField, TextField } from '../../office/fields.tsx'
import { Group } from '../../office/form.tsx'
import { languagesOf, nameOfLanguage } from './languages.ts'
import type { PartProps } from './part.ts'

export function Asked({ form, draft, set, config }: PartProps & { readonly config: Config }) {
  const t = widgetLookWords.value
  const { preChat } = draft
  const all = [
    ...(['name', 'email', 'phone'] as const).map((id) => ({ id, name: t.fields[id] })),
    ...(['customer', 'conversation'] as const).flatMap((about) =>
      optionsOf(config.attributes[about]).map(({ id, name }) => ({ id: `${about}.${id}`, name: t.of[about](name) })),
    ),
  ]
  const free = all.find(({ id }) => !preChat.some(({ field }) => field === id))
  const change = (at: number, more: Partial<PreChatField>) =>
    set({ preChat: preChat.map((one, n) => (n === at ? { ...one, ...more } : one)) })
  const move = (from: number, to: number) => {
    const moved = preChat[from]
    if (moved !== undefined) set({ preChat: preChat.filter((_, n) => n !== from).toSpliced(to, 0, moved) })
  }
  return (
    <Group form={form} name="preChat" label={t.asked} hint={t.askedHint}>
      {preChat.map((one, n) => (
        <div class="asked" key={one.field} data-testid="asked">
          <SelectField
            form={form}
            name={`preChat.${n}.field`}
            label={t.field(n + 1)}
            options={all.filter(({ id }) => id === one.field || !preChat.some(({ field }) => field === id))}
            value={one.field}
            onChange={(field) => change(n, { field })}
          />
          {languagesOf(draft).map((language) => (
            <TextField
              key={language}
              form={form}
              name={`preChat.${n}.label.${language}`}
              label={t.labelIn(nameOfLanguage(language))}
              value={one.label[language] ?? ''}
              onChange={(text) => change(n, { label: { ...one.label, [language]: text } })}
            />
          ))}
          <SwitchField
            form={form}
            name={`preChat.${n}.required`}
            label={t.required}
            value={one.required}
            onChange={(required) => change(n, { required })}
          />
          <div class="row">
            <button type="button" class="btn sm line" disabled={n === 0} onClick={() => move(n, n - 1)}>
              {t.up(n + 1)}
            </button>
            <button
              type="button"
              class="btn sm line"
              disabled={n === preChat.length - 1}
              onClick={() => move(n, n + 1)}
            >
              {t.down(n + 1)}
            </button>
            <button
              type="button"
              class="btn sm line"
              onClick={() => set({ preChat: preChat.filter((_, at) => at !== n) })}
            >
              {t.removeField(n + 1)}
            </button>
          </div>
        </div>
      ))}
      {free !== undefined && (
        <button
          type="button"
          class="btn line"
          onClick={() => set({ preChat: [...preChat, { field: free.id, required: false, label: {} }] })}
        >
          {t.addField}
        </button>
      )}
    </Group>
  )
}
