/** The chat's words, language by language. */
import { useSignal } from '@preact/signals'
import type { WidgetSettings, WidgetTexts } from '../../../../core/protocol/widget.ts'
import { widgetLookWords } from '../../../i18n/widget-look.ts'
import { TextField } from '../../office/fields.tsx'
import { type FormState, Group } from '../../office/form.tsx'
import { languagesOf, nameOfLanguage } from './languages.ts'
import type { PartProps } from './part.ts'

const lines = ['title', 'greeting', 'placeholder', 'closed', 'launcher'] as const

export function Texts({ form, draft: { texts }, set }: PartProps) {
  const t = widgetLookWords.value
  return (
    <>
      {languagesOf({ texts }).map((language) => {
        const own: WidgetTexts = texts[language] ?? {}
        return (
          <Group key={language} form={form} name={`texts.${language}`} label={t.textsIn(nameOfLanguage(language))}>
            {lines.map((line) => (
              <TextField
                key={line}
                form={form}
                name={`texts.${language}.${line}`}
                label={t.lines[line]}
                value={own[line] ?? ''}
                onChange={(text) => set({ texts: { ...texts, [language]: { ...own, [line]: text } } })}
              />
            ))}
          </Group>
        )
      })}
      <AddLanguage form={form} draft={{ texts }} add={(language) => set({ texts: { ...texts, [language]: {} } })} />
    </>
  )
}

interface AddProps {
  readonly form: FormState
  readonly draft: Pick<WidgetSettings, 'texts'>
  add(language: string): void
}

function AddLanguage({ form, draft, add }: AddProps) {
  const t = widgetLookWords.value
  const wanted = useSignal('')
  return (
    <div class="row">
      <TextField
        form={form}
        name="language"
        label={t.anotherLanguage}
        value={wanted.value}
        onChange={(text) => {
          wanted.value = text
        }}
      />
      <button
        type="button"
        class="btn line"
        onClick={() => {
          const language = wanted.value.trim()
          if (language !== '' && !languagesOf(draft).includes(language)) add(language)
          wanted.value = ''
        }}
      >
        {t.addLanguage}
      </button>
    </div>
  )
}
