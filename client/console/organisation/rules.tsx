/** Rules of the house: how long conversations are kept and laid aside, which files are taken, ratings. */
import { useSignal } from '@preact/signals'
import type { Config } from '../../../core/protocol/config.ts'
import { scopeOf } from '../../../core/protocol/permissions.ts'
import { organisationWords } from '../../i18n/organisation.ts'
import { account } from '../account.ts'
import { publish } from '../office/config.ts'
import { AreaField, NumberField, SwitchField } from '../office/fields.tsx'
import { Form, type FormState, useForm } from '../office/form.tsx'
import type { ConfigBook } from './section.tsx'
import { linesOf } from './words.tsx'

const MEGABYTE = 1_048_576
const MINUTE = 60_000
const DAY = 86_400_000

export function Rules({ book, config }: { readonly book: ConfigBook; readonly config: Config }) {
  const t = organisationWords.value
  const form = useForm((field) => (field.startsWith('policies.') ? field.slice('policies.'.length) : field))
  const maySetSession = scopeOf(account.value?.staff.role ?? 'agent', 'config.session') !== 'none'
  const { retention, files, csat, session, snooze } = config.policies
  const draft = useSignal({
    days: retention.days,
    channels: retention.channels,
    megabytes: files.mostBytes / MEGABYTE,
    perConversation: files.perConversation,
    types: files.types.join('\n'),
    isAsked: csat.on,
    csatDays: csat.within / DAY,
    offline: session.offline,
    leastMinutes: snooze.least / MINUTE,
    mostDays: snooze.most / DAY,
  })
  const set = (more: Partial<typeof draft.value>) => {
    draft.value = { ...draft.value, ...more }
  }
  const now = draft.value
  const changed = (newest: Config): Config => ({
    ...newest,
    policies: {
      ...newest.policies,
      retention: { ...newest.policies.retention, days: now.days, channels: now.channels },
      files: {
        ...newest.policies.files,
        mostBytes: Math.round(now.megabytes * MEGABYTE),
        perConversation: now.perConversation,
        types: linesOf(now.types),
      },
      csat: { on: now.isAsked, within: Math.round(now.csatDays * DAY) },
      ...(maySetSession ? { session: { ...newest.policies.session, offline: now.offline } } : {}),
      snooze: { least: Math.round(now.leastMinutes * MINUTE), most: Math.round(now.mostDays * DAY) },
    },
  })
  return (
    <Form form={form} label={t.pages.rules} onSend={() => publish(form, book, changed, t.pages.rules)}>
      <NumberField
        form={form}
        name="retention.days"
        label={t.retention}
        hint={t.retentionHint}
        value={now.days}
        onChange={(days) => set({ days })}
      />
      {[...new Set([...channels, ...Object.keys(now.channels)])].map((channel) => (
        <OwnRetention
          key={channel}
          form={form}
          channel={channel}
          days={now.channels[channel]}
          usual={now.days}
          set={(days) => {
            const { [channel]: _, ...others } = now.channels
            set({ channels: days === undefined ? others : { ...others, [channel]: days } })
          }}
        />
      ))}
      <NumberField
        form={form}
        name="files.mostBytes"
        label={t.mostMegabytes}
        value={now.megabytes}
        onChange={(megabytes) => set({ megabytes })}
      />
      <NumberField
        form={form}
        name="files.perConversation"
        label={t.perConversation}
        value={now.perConversation}
        onChange={(perConversation) => set({ perConversation })}
      />
      <AreaField
        form={form}
        name="files.types"
        label={t.fileTypes}
        hint={t.fileTypesHint}
        value={now.types}
        onChange={(types) => set({ types })}
      />
      <SwitchField
        form={form}
        name="csat.on"
        label={t.csat}
        value={now.isAsked}
        onChange={(isAsked) => set({ isAsked })}
      />
      <NumberField
        form={form}
        name="csat.within"
        label={t.csatDays}
        value={now.csatDays}
        onChange={(csatDays) => set({ csatDays })}
      />
      <NumberField
        form={form}
        name="snooze.least"
        label={t.snoozeLeast}
        value={now.leastMinutes}
        onChange={(leastMinutes) => set({ leastMinutes })}
      />
      <NumberField
        form={form}
        name="snooze.most"
        label={t.snoozeMost}
        value={now.mostDays}
        onChange={(mostDays) => set({ mostDays })}
      />
      {maySetSession && (
        <SwitchField
          form={form}
          name="session.offline"
          label={t.offline}
          hint={t.offlineHint}
          value={now.offline}
          onChange={(offline) => set({ offline })}
        />
      )}
    </Form>
  )
}

/** By which customers come. */
const channels = ['chat'] as const

interface OwnRetentionProps {
  readonly form: FormState
  readonly channel: string
  /** Absent: as long as all others. */
  readonly days: number | undefined
  readonly usual: number
  set(days: number | undefined): void
}

/** What came by one channel may be kept for another time. */
function OwnRetention({ form, channel, days, usual, set }: OwnRetentionProps) {
  const t = organisationWords.value
  const name = t.channels[channel] ?? channel
  return (
    <>
      <SwitchField
        form={form}
        name={`own.${channel}`}
        label={t.ownRetention(name)}
        value={days !== undefined}
        onChange={(is) => set(is ? usual : undefined)}
      />
      {days !== undefined && (
        <NumberField
          form={form}
          name={`retention.channels.${channel}`}
          label={t.retentionOf(name)}
          value={days}
          onChange={set}
        />
      )}
    </>
  )
}
