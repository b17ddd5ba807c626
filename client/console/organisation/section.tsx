/** A part of the configuration that is a record of entries: their list, and the form of one. */
import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import type * as z from 'zod/mini'
import type { PublishedConfig } from '../../../core/protocol/api.ts'
import type { Config } from '../../../core/protocol/config.ts'
import { officeWords } from '../../i18n/office.ts'
import { organisationWords } from '../../i18n/organisation.ts'
import { Icon } from '../../ui/icon.tsx'
import { hashOf } from '../address.ts'
import type { Answer } from '../office/answer.ts'
import { keyFor, publish } from '../office/config.ts'
import { Confirm } from '../office/confirm.tsx'
import { Form, type FormState, useForm } from '../office/form.tsx'
import { Empty } from '../office/shown.tsx'
import { go } from '../place.ts'

export type ConfigBook = Answer<z.infer<typeof PublishedConfig>>
export type Part = 'queues' | 'hours' | 'tags' | 'dispositions' | 'replies' | 'skills' | 'fields' | 'customers'

export interface FieldsProps<T> {
  readonly form: FormState
  readonly draft: T
  set(more: Partial<T>): void
  readonly config: Config
}

/** One kind of entries. `path` is where they stand in the configuration, as errors name it. */
export interface Section<T extends object> {
  readonly part: Part
  readonly path: string
  all(config: Config): Readonly<Record<string, T>>
  blank(config: Config): T
  nameOf(entry: T): string
  /** Beside the name in the list. */
  about?(entry: T, config: Config): ComponentChildren
  put(config: Config, key: string, entry: T): Config
  remove(config: Config, key: string): Config
  Fields(props: FieldsProps<T>): JSX.Element
}

interface SectionProps<T extends object> {
  readonly of: Section<T>
  readonly book: ConfigBook
  readonly config: Config
  /** '' for the list, `~new`, or a key. */
  readonly which: string
}

export function SectionPage<T extends object>({ of, book, config, which }: SectionProps<T>) {
  const entries = of.all(config)
  if (which === '') return <List of={of} config={config} />
  const entry = which === '~new' ? of.blank(config) : Object.hasOwn(entries, which) ? entries[which] : undefined
  if (entry === undefined) return <Empty title={organisationWords.value.gone} />
  return <Edit key={which} of={of} book={book} config={config} which={which} entry={entry} />
}

const linkTo = (part: Part, which: string) => hashOf({ at: 'organisation', page: `${part}/${which}`, query: {} })

function List<T extends object>({ of, config }: { readonly of: Section<T>; readonly config: Config }) {
  const t = organisationWords.value
  const entries = Object.entries(of.all(config))
  return (
    <>
      <p>
        <a class="btn primary" href={linkTo(of.part, '~new')}>
          {t.add[of.part]}
        </a>
      </p>
      {entries.length === 0 ? (
        <Empty title={t.none[of.part]}>{t.leads[of.part]}</Empty>
      ) : (
        <ul class="entries">
          {entries.map(([key, entry]) => (
            <li key={key} data-testid="entry" data-key={key}>
              <a href={linkTo(of.part, key)}>{of.nameOf(entry)}</a>
              <span class="muted">{of.about?.(entry, config)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

interface EditProps<T extends object> extends SectionProps<T> {
  readonly entry: T
}

function Edit<T extends object>({ of, book, config, which, entry }: EditProps<T>) {
  const t = organisationWords.value
  const isNew = which === '~new'
  const draft: Signal<T> = useSignal(entry)
  // A new entry gets its key from its name when it is first sent.
  const key = useSignal(isNew ? '' : which)
  const form = useForm((field) => {
    const prefix = `${of.path}.${key.peek()}.`
    return field.startsWith(prefix) ? field.slice(prefix.length) : field
  })
  const { Fields } = of
  const note = () => t.note(t.pages[of.part], of.nameOf(draft.value)).slice(0, 200)
  const save = async () => {
    if (isNew) key.value = keyFor(of.nameOf(draft.value), of.all(config))
    const isGood = await publish(form, book, (newest) => of.put(newest, key.value, draft.value), note())
    if (isGood && isNew) go({ at: 'organisation', page: `${of.part}/${key.value}`, query: {} }, 'replace')
  }
  const remove = async () => {
    const isGood = await publish(form, book, (newest) => of.remove(newest, which), note())
    if (isGood) go({ at: 'organisation', page: of.part, query: {} })
  }
  return (
    <>
      <p>
        <a class="row" href={hashOf({ at: 'organisation', page: of.part, query: {} })}>
          <Icon name="back" /> {t.pages[of.part]}
        </a>
      </p>
      <h2>{isNew ? t.add[of.part] : of.nameOf(entry)}</h2>
      <Form
        form={form}
        label={t.pages[of.part]}
        onSend={save}
        more={
          !isNew && <Confirm label={officeWords.value.remove} question={t.removeAsk(of.nameOf(entry))} run={remove} />
        }
      >
        <Fields
          form={form}
          draft={draft.value}
          config={config}
          set={(more) => {
            draft.value = { ...draft.value, ...more }
          }}
        />
      </Form>
    </>
  )
}

/** What was left empty is left out of the configuration. */
export const given = (text: string): string | undefined => (text === '' ? undefined : text)
export const anyOf = (keys: readonly string[]): string[] | undefined => (keys.length === 0 ? undefined : [...keys])
