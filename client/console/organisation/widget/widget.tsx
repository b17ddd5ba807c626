/** How the chat looks and what it asks: a form with the chat itself beside it, and what a page includes to have it. */
import { useSignal } from '@preact/signals'
import type { Config } from '../../../../core/protocol/config.ts'
import type { WidgetSettings } from '../../../../core/protocol/widget.ts'
import { organisationWords } from '../../../i18n/organisation.ts'
import { widgetLookWords } from '../../../i18n/widget-look.ts'
import { account } from '../../account.ts'
import { publish } from '../../office/config.ts'
import { Form, useForm } from '../../office/form.tsx'
import { Once } from '../../office/once.tsx'
import type { ConfigBook } from '../section.tsx'
import { linesOf } from '../words.tsx'
import { Asked } from './asked.tsx'
import { Colours } from './colours.tsx'
import { Nudges, tidyNudges } from './nudges.tsx'
import type { PartProps } from './part.ts'
import { Preview } from './preview.tsx'
import { Texts } from './texts.tsx'
import { Open, Place } from './where.tsx'

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
