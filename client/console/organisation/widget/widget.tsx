/** How the chat looks and what it asks: a form with the chat itself beside it, and what a page includes to have it. */
import { useSignal } from '@preact/signals'
import type { Config } from '../../../../core/protocol/config.ts'
import type { PreChatField, WidgetSettings, WidgetTexts } from '../../../../core/protocol/widget.ts'
import { brandOf, contrast } from '../../../../core/widget/look.ts'
import { organisationWords } from '../../../i18n/organisation.ts'
import { widgetLookWords } from '../../../i18n/widget-look.ts'
import { Icon } from '../../../ui/icon.tsx'
import { account } from '../../account.ts'
import { publish } from '../../office/config.ts'
import { AreaField, NumberField, optionsOf, SelectField, SwitchField, TextField } from '../../office/fields.tsx'
import { Form, type FormState, Group, useForm } from '../../office/form.tsx'
import { Once } from '../../office/once.tsx'
import { type ConfigBook, given } from '../section.tsx'
import { linesOf } from '../words.tsx'
import { languagesOf, nameOfLanguage } from './languages.ts'
import { Nudges, tidyNudges } from './nudges.tsx'
import { Preview } from './preview.tsx'

export interface PartProps {
  readonly form: FormState
  readonly draft: WidgetSettings
  set(more: Partial<WidgetSettings>): void
}

export function WidgetLookForm({ book, config }: { readonly book: ConfigBook; readonly config: Config }) {
  const t = widgetLookWords.value
  const form = useForm((field) => (field.startsWith('widget.') ? field.slice('widget.'.length) : field))
  const draft = useSignal<WidgetSettings>(config.widget)
  const part: PartProps = {
    form,
    draft: draft.value,
    set: (more) => {
      draft.value = { ...draft.value, ...more }
    },
  }
  const save = () =>
    publish(form, book, (newest) => ({ ...newest, widget: tidy(draft.value) }), organisationWords.value.pages.widget)
  return (
    <div class="look">
      <div>
        <Form form={form} label={organisationWords.value.pages.widget} onSend={save}>
          <Colours {...part} />
          <Place {...part} />
          <Texts {...part} />
          <Asked {...part} config={config} />
          <Nudges {...part} />
          <Open {...part} config={config} />
        </Form>
        <Once label={t.snippet} hint={t.snippetHint} text={snippet()} />
      </div>
      <Preview config={{ ...config, widget: tidy(draft.value) }} />
    </div>
  )
}

const snippet = () =>
  `<script async src="${location.origin}/widget.js" data-organisation="${account.value?.organisation.id ?? ''}"></script>`

/** Without the words that were left empty: there the chat has its own. */
function tidy(widget: WidgetSettings): WidgetSettings {
  const full = <T extends object>(all: T) => Object.entries(all).filter(([, text]) => text !== undefined && text !== '')
  const texts = Object.entries(widget.texts).map(
    ([language, own]) => [language, Object.fromEntries(full(own))] as const,
  )
  const preChat = widget.preChat.map((one) => ({ ...one, label: Object.fromEntries(full(one.label)) }))
  return {
    ...widget,
    preChat,
    nudges: tidyNudges(widget.nudges),
    origins: linesOf(widget.origins.join('\n')),
    texts: Object.fromEntries(full(Object.fromEntries(texts)).filter(([, own]) => Object.keys(own).length > 0)),
  }
}

const ours = '#4f46e5'
/** Where the chat's own plane is, in each mode; a page's may be another. */
const planes = { accent: '#ffffff', accentDark: '#1b1c22' } as const

function Colours({ form, draft, set }: PartProps) {
  const t = widgetLookWords.value
  return (
    <Group form={form} name="colours" label={t.colours}>
      {(['accent', 'accentDark'] as const).map((which) => {
        const colour = draft.colours[which]
        const choose = (next: string | undefined) => {
          const { [which]: _, ...others } = draft.colours
          set({ colours: next === undefined ? others : { ...others, [which]: next } })
        }
        return (
          <div key={which}>
            <SwitchField
              form={form}
              name={`own.${which}`}
              label={t.own[which]}
              value={colour !== undefined}
              onChange={(is) => choose(is ? (draft.colours.accent ?? ours) : undefined)}
            />
            {colour !== undefined && (
              <>
                <TextField
                  form={form}
                  name={`colours.${which}`}
                  type="color"
                  label={t.colour[which]}
                  value={colour}
                  onChange={choose}
                />
                <Contrast colour={colour} plane={planes[which]} />
              </>
            )}
          </div>
        )
      })}
    </Group>
  )
}

/** What is written on the colour can always be read; that the colour itself stands out nobody else sees to (WCAG 1.4.11). */
function Contrast({ colour, plane }: { readonly colour: string; readonly plane: string }) {
  const t = widgetLookWords.value
  const { on } = brandOf(colour)
  const around = contrast(colour, plane)
  const isLow = around < 3
  const two = (ratio: number) => ratio.toFixed(1)
  return (
    <p class="contrast" role="status" data-low={isLow}>
      {isLow && <Icon name="warn" />} {t.written(on === '#ffffff', two(contrast(colour, on)))}{' '}
      {isLow ? t.low(two(around)) : t.enough(two(around))}
    </p>
  )
}

function Place({ form, draft, set }: PartProps) {
  const t = widgetLookWords.value
  const { position, offset, launcher } = draft
  return (
    <Group form={form} name="place" label={t.place}>
      <SelectField
        form={form}
        name="position"
        label={t.position}
        options={[
          { id: 'right', name: t.right },
          { id: 'left', name: t.left },
        ]}
        value={position}
        onChange={(to) => set({ position: to === 'left' ? 'left' : 'right' })}
      />
      <NumberField
        form={form}
        name="offset.side"
        label={t.side}
        value={offset.side}
        onChange={(side) => set({ offset: { ...offset, side } })}
      />
      <NumberField
        form={form}
        name="offset.bottom"
        label={t.bottom}
        value={offset.bottom}
        onChange={(bottom) => set({ offset: { ...offset, bottom } })}
      />
      <SwitchField
        form={form}
        name="launcher"
        label={t.launcher}
        hint={t.launcherHint}
        value={launcher === 'button'}
        onChange={(is) => set({ launcher: is ? 'button' : 'none' })}
      />
    </Group>
  )
}

const lines = ['title', 'greeting', 'placeholder', 'closed', 'launcher'] as const

function Texts({ form, draft: { texts }, set }: PartProps) {
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

function Asked({ form, draft, set, config }: PartProps & { readonly config: Config }) {
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

const outside = ['chat', 'message', 'closed'] as const

function Open({ form, draft, set, config }: PartProps & { readonly config: Config }) {
  const t = widgetLookWords.value
  const names = Object.keys(config.hours).map((id) => ({ id, name: id }))
  return (
    <Group form={form} name="open" label={t.open}>
      <SelectField
        form={form}
        name="hours"
        label={organisationWords.value.pages.hours}
        none={organisationWords.value.always}
        options={names}
        value={draft.hours ?? ''}
        onChange={(hours) => set({ hours: given(hours) })}
      />
      <SelectField
        form={form}
        name="outsideHours"
        label={t.outside}
        options={outside.map((id) => ({ id, name: t.outsides[id] }))}
        value={draft.outsideHours}
        onChange={(to) => set({ outsideHours: outside.find((one) => one === to) ?? 'message' })}
      />
      <SwitchField
        form={form}
        name="typingPreview"
        label={t.typingPreview}
        hint={t.typingPreviewHint}
        value={draft.typingPreview}
        onChange={(typingPreview) => set({ typingPreview })}
      />
      <AreaField
        form={form}
        name="origins"
        label={t.origins}
        hint={t.originsHint}
        value={draft.origins.join('\n')}
        onChange={(text) => set({ origins: text.split('\n') })}
      />
    </Group>
  )
}
