/** What staff sort their work by and write it with: tags, outcomes, canned replies, skills, fields. */
import { scopeOf } from '../../../core/protocol/permissions.ts'
import { staffRoles } from '../../../core/protocol/principal.ts'
import type { Attribute, CannedReply, Disposition, Skill, Tag } from '../../../core/protocol/settings.ts'
import { officeWords } from '../../i18n/office.ts'
import { organisationWords } from '../../i18n/organisation.ts'
import { without } from '../office/config.ts'
import { AreaField, optionsOf, SelectField, SwitchField, TextField, TicksField } from '../office/fields.tsx'
import { anyOf, type FieldsProps, given, type Section } from './section.tsx'

export const tags: Section<Tag> = {
  part: 'tags',
  path: 'tags',
  all: ({ tags: all }) => all,
  blank: () => ({ name: '' }),
  nameOf: ({ name }) => name,
  about: ({ colour }) => colour !== undefined && <Swatch colour={colour} />,
  put: (config, key, tag) => ({ ...config, tags: { ...config.tags, [key]: tag } }),
  remove: (config, key) => ({ ...config, tags: without(config.tags, key) }),
  Fields({ form, draft, set }: FieldsProps<Tag>) {
    const t = organisationWords.value
    return (
      <>
        <TextField form={form} name="name" label={t.name} value={draft.name} onChange={(name) => set({ name })} />
        <SwitchField
          form={form}
          name="hasColour"
          label={t.colour}
          value={draft.colour !== undefined}
          onChange={(is) => set({ colour: is ? '#3b6fd4' : undefined })}
        />
        {draft.colour !== undefined && (
          <TextField
            form={form}
            name="colour"
            type="color"
            label={t.colour}
            value={draft.colour}
            onChange={(colour) => set({ colour })}
          />
        )}
      </>
    )
  },
}

/** A picture of a colour: its name in digits says nothing to people. */
const Swatch = ({ colour }: { readonly colour: string }) => (
  <svg class="swatch" viewBox="0 0 1 1" aria-hidden="true">
    <rect width="1" height="1" fill={colour} />
  </svg>
)

export const dispositions: Section<Disposition> = {
  part: 'dispositions',
  path: 'dispositions',
  all: ({ dispositions: all }) => all,
  blank: () => ({ name: '', noteRequired: false, requires: [] }),
  nameOf: ({ name }) => name,
  about: ({ parent }, { dispositions: all }) => (parent === undefined ? '' : all[parent]?.name),
  put: (config, key, { requires, ...rest }) => ({
    ...config,
    dispositions: { ...config.dispositions, [key]: { ...rest, requires } },
  }),
  remove: (config, key) => ({ ...config, dispositions: without(config.dispositions, key) }),
  Fields({ form, draft, set, config }: FieldsProps<Disposition>) {
    const t = organisationWords.value
    const groups = optionsOf(config.dispositions).filter(({ name }) => name !== draft.name)
    return (
      <>
        <TextField form={form} name="name" label={t.name} value={draft.name} onChange={(name) => set({ name })} />
        <SelectField
          form={form}
          name="parent"
          label={t.group}
          none={t.noGroup}
          options={groups}
          value={draft.parent ?? ''}
          onChange={(parent) => set({ parent: given(parent) })}
        />
        <OnlyIn form={form} config={config} queues={draft.queues} onChange={(queues) => set({ queues })} />
        <SwitchField
          form={form}
          name="noteRequired"
          label={t.noteRequired}
          value={draft.noteRequired}
          onChange={(noteRequired) => set({ noteRequired })}
        />
      </>
    )
  },
}

export const replies: Section<CannedReply> = {
  part: 'replies',
  path: 'cannedReplies',
  all: ({ cannedReplies: all }) => all,
  blank: () => ({ shortcut: '', text: '' }),
  nameOf: ({ shortcut }) => shortcut,
  about: ({ text }) => (text.length > 60 ? `${text.slice(0, 60)}…` : text),
  put: (config, key, { choices = [], ...reply }) => {
    const named = choices.filter(({ label }) => label.trim() !== '')
    const whole = named.length === 0 ? reply : { ...reply, choices: named }
    return { ...config, cannedReplies: { ...config.cannedReplies, [key]: whole } }
  },
  remove: (config, key) => ({ ...config, cannedReplies: without(config.cannedReplies, key) }),
  Fields({ form, draft, set, config }: FieldsProps<CannedReply>) {
    const t = organisationWords.value
    return (
      <>
        <TextField
          form={form}
          name="shortcut"
          label={t.shortcut}
          hint={t.shortcutHint}
          value={draft.shortcut}
          onChange={(shortcut) => set({ shortcut })}
        />
        <AreaField
          form={form}
          name="text"
          label={t.text}
          hint={t.textHint}
          value={draft.text}
          onChange={(text) => set({ text })}
        />
        <AreaField
          form={form}
          name="choices"
          label={t.choices}
          hint={t.choicesHint}
          value={(draft.choices ?? []).map(({ label }) => label).join('\n')}
          onChange={(lines) => set({ choices: lines === '' ? undefined : lines.split('\n').map(choiceOf) })}
        />
        <TextField
          form={form}
          name="language"
          label={t.language}
          hint={t.languageHint}
          value={draft.language ?? ''}
          onChange={(language) => set({ language: given(language) })}
        />
        <OnlyIn form={form} config={config} queues={draft.queues} onChange={(queues) => set({ queues })} />
        <TicksField
          form={form}
          name="teams"
          label={t.onlyTeams}
          options={optionsOf(config.teams)}
          value={draft.teams ?? []}
          onChange={(teams) => set({ teams: anyOf(teams) })}
        />
      </>
    )
  },
}

const choiceOf = (label: string, n: number) => ({ id: `answer-${n + 1}`, label })

export const skills: Section<Skill> = {
  part: 'skills',
  path: 'skills',
  all: ({ skills: all }) => all,
  blank: () => ({ name: '' }),
  nameOf: ({ name }) => name,
  put: (config, key, skill) => ({ ...config, skills: { ...config.skills, [key]: skill } }),
  remove: (config, key) => ({ ...config, skills: without(config.skills, key) }),
  Fields({ form, draft, set }: FieldsProps<Skill>) {
    const t = organisationWords.value
    return <TextField form={form} name="name" label={t.name} value={draft.name} onChange={(name) => set({ name })} />
  },
}

const types = ['text', 'number', 'boolean', 'date', 'list'] as const
/** An attribute while it is typed: the list of values is there whatever the type is. */
interface FieldEntry {
  readonly name: string
  readonly type: (typeof types)[number]
  readonly values: string
  readonly visibleTo?: Attribute['visibleTo'] | undefined
}

/** Those who may look at a conversation at all. */
const readers = staffRoles.filter((role) =>
  (['conversation.connect', 'record.read'] as const).some((action) => scopeOf(role, action) !== 'none'),
)

const fieldsOf = (part: 'fields' | 'customers', about: 'conversation' | 'customer'): Section<FieldEntry> => ({
  part,
  path: `attributes.${about}`,
  all: ({ attributes }) =>
    Object.fromEntries(
      Object.entries(attributes[about]).map(([key, one]) => [
        key,
        { ...one, values: one.type === 'list' ? one.values.join('\n') : '' },
      ]),
    ),
  blank: () => ({ name: '', type: 'text', values: '' }),
  nameOf: ({ name }) => name,
  about: ({ type }) => organisationWords.value.types[type],
  put: (config, key, { name, type, values, visibleTo }) => {
    const base = { name, ...(visibleTo === undefined ? {} : { visibleTo }) }
    const one: Attribute = type === 'list' ? { ...base, type, values: linesOf(values) } : { ...base, type }
    const { attributes } = config
    return { ...config, attributes: { ...attributes, [about]: { ...attributes[about], [key]: one } } }
  },
  remove: (config, key) => ({
    ...config,
    attributes: { ...config.attributes, [about]: without(config.attributes[about], key) },
  }),
  Fields({ form, draft, set }: FieldsProps<FieldEntry>) {
    const t = organisationWords.value
    return (
      <>
        <TextField form={form} name="name" label={t.name} value={draft.name} onChange={(name) => set({ name })} />
        <SelectField
          form={form}
          name="type"
          label={t.type}
          options={types.map((id) => ({ id, name: t.types[id] }))}
          value={draft.type}
          onChange={(type) => set({ type: types.find((one) => one === type) ?? 'text' })}
        />
        {draft.type === 'list' && (
          <AreaField
            form={form}
            name="values"
            label={t.values}
            value={draft.values}
            onChange={(values) => set({ values })}
          />
        )}
        <TicksField
          form={form}
          name="visibleTo"
          label={t.visibleTo}
          hint={t.visibleToHint}
          options={readers.map((id) => ({ id, name: officeWords.value.roles[id] }))}
          value={draft.visibleTo ?? []}
          onChange={(chosen) => {
            const roles = readers.filter((role) => chosen.includes(role))
            set({ visibleTo: roles.length === 0 ? undefined : roles })
          }}
        />
      </>
    )
  },
})

/** What is filled in about conversations, and what is known of customers. */
export const fields = fieldsOf('fields', 'conversation')
export const customerFields = fieldsOf('customers', 'customer')

interface OnlyInProps extends Pick<FieldsProps<object>, 'form' | 'config'> {
  readonly queues: readonly string[] | undefined
  onChange(queues: string[] | undefined): void
}

/** In which queues it is offered; none ticked: in all. */
function OnlyIn({ form, config, queues = [], onChange }: OnlyInProps) {
  const t = organisationWords.value
  return (
    <TicksField
      form={form}
      name="queues"
      label={t.onlyIn}
      hint={t.onlyInHint}
      options={optionsOf(config.queues)}
      value={queues}
      onChange={(chosen) => onChange(anyOf(chosen))}
    />
  )
}

/** What is on each line, without those on which nothing is. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
