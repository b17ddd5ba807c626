/** The media: how many of each an agent has at once, what goes together, how long it rings, and what comes after it. */
import { useSignal } from '@preact/signals'
import type { Config } from '../../../core/protocol/config.ts'
import { isIntermittent, type Medium, type MediumConfig, media, natures } from '../../../core/protocol/media.ts'
import { mediaWords } from '../../i18n/media.ts'
import { mediaFormWords } from '../../i18n/media-form.ts'
import { organisationWords } from '../../i18n/organisation.ts'
import { hashOf } from '../address.ts'
import { publish } from '../office/config.ts'
import { NumberField, SwitchField } from '../office/fields.tsx'
import { Form, useForm } from '../office/form.tsx'
import type { ConfigBook } from './section.tsx'

interface MediaProps {
  readonly book: ConfigBook
  readonly config: Config
  /** '' for the list. */
  readonly which: string
}

export function Media({ which, ...rest }: MediaProps) {
  const medium = media.find((each) => each === which)
  return medium === undefined ? <List {...rest} /> : <Edit key={medium} medium={medium} {...rest} />
}

const linkTo = (which: string) =>
  hashOf({ at: 'organisation', page: which === '' ? 'media' : `media/${which}`, query: {} })

function List({ config }: Omit<MediaProps, 'which'>) {
  const t = mediaFormWords.value
  return (
    <ul class="entries">
      {media.map((medium) => (
        <li key={medium} data-testid="entry" data-key={medium}>
          <a href={linkTo(medium)}>{mediaWords.value.names[medium]}</a>
          <span class="muted">
            {t.atOnce(config.media[medium].capacity)} · {t.classes[natures[medium].class]}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Times as people count them, in seconds; NaN where nothing is said. */
const seconds = (ms: number | undefined) => (ms === undefined ? Number.NaN : ms / 1_000)
const ms = (seconds: number) => Math.round(seconds * 1_000)
/** An empty field leaves its part of the configuration out. */
const said = (value: number) => (Number.isNaN(value) ? undefined : value)

function Edit({ medium, book, config }: Omit<MediaProps, 'which'> & { readonly medium: Medium }) {
  const t = mediaFormWords.value
  const name = mediaWords.value.names[medium]
  const form = useForm((field) => field.replace(`media.${medium}.`, ''))
  const now = config.media[medium]
  const draft = useSignal({
    capacity: now.capacity,
    most: now.most ?? Number.NaN,
    weight: now.weight ?? 1,
    exclusive: now.exclusive,
    interruptible: now.interruptible ?? isIntermittent(medium),
    ring: seconds(now.ring),
    wrap: seconds(now.wrap),
    wrapMore: seconds(now.wrapMore),
    grace: seconds(now.grace),
  })
  type Draft = typeof draft.value
  const { exclusive, interruptible, ...numbers } = draft.value
  const set = (more: Partial<Draft>) => {
    draft.value = { ...draft.value, ...more }
  }
  const written = (): MediumConfig => ({
    capacity: numbers.capacity,
    weight: numbers.weight,
    exclusive,
    interruptible,
    wrap: ms(numbers.wrap),
    grace: ms(numbers.grace),
    most: said(numbers.most),
    ring: said(ms(numbers.ring)),
    wrapMore: said(ms(numbers.wrapMore)),
  })
  const changed = (newest: Config): Config => ({ ...newest, media: { ...newest.media, [medium]: written() } })
  const note = organisationWords.value.note(organisationWords.value.pages.media, name)
  const hints: Partial<Record<keyof typeof numbers, string>> = {
    most: t.mostHint,
    weight: t.weightHint,
    ring: t.ringHint(config.timings.ring / 1_000),
    wrapMore: t.wrapMoreHint,
    grace: t.graceHint,
  }
  return (
    <>
      <p>
        <a href={linkTo('')}>← {organisationWords.value.pages.media}</a>
      </p>
      <h2>{name}</h2>
      <p class="lead">{t.classLeads[natures[medium].class]}</p>
      <Form form={form} label={name} onSend={() => publish(form, book, changed, note)}>
        {(['capacity', 'most', 'weight'] as const).map((field) => (
          <NumberField
            key={field}
            form={form}
            name={field}
            label={field === 'capacity' ? mediaWords.value.atOnce[medium] : t.fields[field]}
            hint={hints[field]}
            value={numbers[field]}
            onChange={(value) => set({ [field]: value })}
          />
        ))}
        <SwitchField
          form={form}
          name="exclusive"
          label={t.exclusive}
          value={exclusive}
          onChange={(is) => set({ exclusive: is })}
        />
        <SwitchField
          form={form}
          name="interruptible"
          label={t.interruptible}
          hint={t.interruptibleHint}
          value={interruptible}
          onChange={(is) => set({ interruptible: is })}
        />
        {(['ring', 'wrap', 'wrapMore', 'grace'] as const).map((field) => (
          <NumberField
            key={field}
            form={form}
            name={field}
            label={t.fields[field]}
            hint={hints[field]}
            value={numbers[field]}
            onChange={(value) => set({ [field]: value })}
          />
        ))}
      </Form>
    </>
  )
}
