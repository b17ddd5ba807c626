/** Opening hours: every week, and the days that are different. */
import type { Hours, HoursSpan, weekdays } from '../../../core/protocol/config.ts'
import { officeWords } from '../../i18n/office.ts'
import { organisationWords } from '../../i18n/organisation.ts'
import { without } from '../office/config.ts'
import { SelectField, TextField } from '../office/fields.tsx'
import { type FormState, Group } from '../office/form.tsx'
import { ownZone, zones } from '../reports/days.ts'
import type { FieldsProps, Section } from './section.tsx'

/** They have no name but their key; exceptions as a list, so that a day can be typed. */
interface Entry {
  readonly key: string
  readonly zone: string
  readonly weekly: Hours['weekly']
  readonly exceptions: readonly Exception[]
}
interface Exception {
  readonly date: string
  readonly name: string
  readonly open: readonly HoursSpan[]
}

const office = [{ from: '09:00', to: '17:00' }]
const order = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly (typeof weekdays)[number][]

export const hours: Section<Entry> = {
  part: 'hours',
  path: 'hours',
  all: (config) => Object.fromEntries(Object.entries(config.hours).map(([key, one]) => [key, entryOf(key, one)])),
  blank: () => ({
    key: '',
    zone: ownZone(),
    weekly: Object.fromEntries(order.slice(0, 5).map((day) => [day, office])),
    exceptions: [],
  }),
  nameOf: ({ key }) => key,
  about: ({ zone }) => zone,
  put: (config, key, { zone, weekly, exceptions }) => ({
    ...config,
    hours: {
      ...config.hours,
      [key]: {
        zone,
        weekly,
        exceptions: Object.fromEntries(exceptions.map(({ date, name, open }) => [date, { name, open: [...open] }])),
      },
    },
  }),
  remove: (config, key) => ({ ...config, hours: without(config.hours, key) }),
  Fields,
}

const entryOf = (key: string, { zone, weekly, exceptions }: Hours): Entry => ({
  key,
  zone,
  weekly,
  exceptions: Object.entries(exceptions)
    .map(([date, { name, open }]) => ({ date, name, open }))
    .sort((a, b) => (a.date < b.date ? -1 : 1)),
})

function Fields({ form, draft, set, config }: FieldsProps<Entry>) {
  const t = organisationWords.value
  const isNew = !Object.hasOwn(config.hours, draft.key)
  return (
    <>
      {isNew && <TextField form={form} name="key" label={t.name} value={draft.key} onChange={(key) => set({ key })} />}
      <SelectField
        form={form}
        name="zone"
        label={t.zone}
        options={[...new Set([draft.zone, ...zones])].map((id) => ({ id, name: id }))}
        value={draft.zone}
        onChange={(zone) => set({ zone })}
      />
      <h3>{t.weekly}</h3>
      {order.map((day) => (
        <Spans
          key={day}
          form={form}
          name={`weekly.${day}`}
          label={t.days[day]}
          spans={draft.weekly[day] ?? []}
          onChange={(spans) => set({ weekly: { ...draft.weekly, [day]: spans } })}
        />
      ))}
      <h3>{t.exceptions}</h3>
      {draft.exceptions.map((one, n) => {
        const change = (more: Partial<Exception>) =>
          set({ exceptions: draft.exceptions.map((other, at) => (at === n ? { ...other, ...more } : other)) })
        return (
          <div class="exception" key={n}>
            <TextField
              form={form}
              name={`exceptions.${one.date}`}
              type="date"
              label={t.date}
              value={one.date}
              onChange={(date) => change({ date })}
            />
            <TextField
              form={form}
              name={`exceptions.${one.date}.name`}
              label={t.what}
              value={one.name}
              onChange={(name) => change({ name })}
            />
            <Spans
              form={form}
              name={`exceptions.${one.date}.open`}
              label={t.opens}
              spans={one.open}
              onChange={(open) => change({ open })}
            />
            <button
              type="button"
              class="btn sm line"
              onClick={() => set({ exceptions: draft.exceptions.filter((_, at) => at !== n) })}
            >
              {officeWords.value.remove}
            </button>
          </div>
        )
      })}
      <p>
        <button
          type="button"
          class="btn line"
          onClick={() => set({ exceptions: [...draft.exceptions, { date: '', name: '', open: [] }] })}
        >
          {t.addException}
        </button>
      </p>
    </>
  )
}

interface SpansProps {
  readonly form: FormState
  readonly name: string
  readonly label: string
  readonly spans: readonly HoursSpan[]
  onChange(spans: HoursSpan[]): void
}

/** The times of one day; none: closed. */
function Spans({ form, name, label, spans, onChange }: SpansProps) {
  const t = organisationWords.value
  const change = (n: number, more: Partial<HoursSpan>) =>
    onChange(spans.map((span, at) => (at === n ? { ...span, ...more } : span)))
  return (
    <Group form={form} name={name} label={label}>
      <div class="spans">
        {spans.length === 0 && <span class="muted">{t.closed}</span>}
        {spans.map((span, n) => (
          <span class="row" key={n}>
            <Time label={`${label}: ${t.opens}`} value={span.from} onChange={(from) => change(n, { from })} />
            <span aria-hidden="true">–</span>
            <Time label={`${label}: ${t.closes}`} value={span.to} onChange={(to) => change(n, { to })} />
            <button
              type="button"
              class="btn sm"
              aria-label={`${label}: ${t.removeSpan(n + 1)}`}
              onClick={() => onChange(spans.filter((_, at) => at !== n))}
            >
              ✕
            </button>
          </span>
        ))}
        <button type="button" class="btn sm line" onClick={() => onChange([...spans, { from: '09:00', to: '17:00' }])}>
          {t.addSpan}
        </button>
      </div>
    </Group>
  )
}

interface TimeProps {
  readonly label: string
  readonly value: string
  onChange(value: string): void
}

/** A text, as 24:00 is a time of the day here and none to a browser. */
const Time = ({ label, value, onChange }: TimeProps) => (
  <input
    class="input time"
    aria-label={label}
    inputMode="numeric"
    maxLength={5}
    value={value}
    onInput={(event) => onChange(event.currentTarget.value)}
  />
)
