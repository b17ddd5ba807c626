/** How long contacts ring, at whom first, when somebody is taken for away, and the reasons that agents may give. */
import { useSignal } from '@preact/signals'
import type { Config } from '../../../core/protocol/config.ts'
import { organisationWords } from '../../i18n/organisation.ts'
import { workRuleWords } from '../../i18n/work-rules.ts'
import { publish } from '../office/config.ts'
import { AreaField, NumberField, SpanField } from '../office/fields.tsx'
import { Form, useForm } from '../office/form.tsx'
import type { ConfigBook } from './section.tsx'
import { linesOf } from './words.tsx'

const SECOND = 1_000
const MINUTE = 60_000

/** Those that people set; the others are parts of how actors agree. */
const spans = [
  ['ring', SECOND],
  ['cooldown', SECOND],
  ['prefer', SECOND],
  ['reopen', MINUTE],
] as const

export function WorkRules({ book, config }: { readonly book: ConfigBook; readonly config: Config }) {
  const t = workRuleWords.value
  const form = useForm()
  const draft = useSignal({
    timings: config.timings,
    reasons: config.reasons.join('\n'),
    declineReasons: config.declineReasons.join('\n'),
  })
  const set = (more: Partial<typeof draft.value>) => {
    draft.value = { ...draft.value, ...more }
  }
  const now = draft.value
  const changed = (newest: Config): Config => ({
    ...newest,
    timings: now.timings,
    reasons: linesOf(now.reasons),
    declineReasons: linesOf(now.declineReasons),
  })
  const { work } = organisationWords.value.pages
  return (
    <Form form={form} label={work} onSend={() => publish(form, book, changed, work)}>
      {spans.map(([span, unit]) => (
        <SpanField
          key={span}
          form={form}
          name={`timings.${span}`}
          label={t.spans[span]}
          hint={t.spanHints[span]}
          unit={unit}
          value={now.timings[span]}
          onChange={(ms) => set({ timings: { ...now.timings, [span]: ms } })}
        />
      ))}
      <NumberField
        form={form}
        name="timings.missed"
        label={t.missed}
        hint={t.missedHint}
        value={now.timings.missed}
        onChange={(missed) => set({ timings: { ...now.timings, missed } })}
      />
      <h2>{t.reasons}</h2>
      <AreaField
        form={form}
        name="reasons"
        label={t.away}
        value={now.reasons}
        onChange={(reasons) => set({ reasons })}
      />
      <AreaField
        form={form}
        name="declineReasons"
        label={t.decline}
        hint={t.declineHint}
        value={now.declineReasons}
        onChange={(declineReasons) => set({ declineReasons })}
      />
    </Form>
  )
}
