/** The place of routing plans: which there are, and one of them to be edited. */
import { useSignal } from '@preact/signals'
import * as z from 'zod/mini'
import { PublishedConfig } from '../../../core/protocol/api.ts'
import type { Config } from '../../../core/protocol/config.ts'
import { key } from '../../../core/protocol/fields.ts'
import { planWords } from '../../i18n/plans.ts'
import { hashOf } from '../address.ts'
import { useAnswer } from '../office/answer.ts'
import { Form, useForm } from '../office/form.tsx'
import type { OfficeProps } from '../office/places.ts'
import { Shown } from '../office/shown.tsx'
import { go } from '../place.ts'
import { Editor } from './editor.tsx'
import { TextField } from './inputs.tsx'
import './plans.css'

const Key = z.object({ key })

export default function Plans({ place: { page } }: OfficeProps) {
  const t = planWords.value
  const published = useAnswer('/api/v1/config', PublishedConfig)
  return (
    <div class="office" data-testid="plans">
      <h1>{page === '' ? t.title : page}</h1>
      {page === '' ? <p class="lead">{t.lead}</p> : <a href={hashOf({ at: 'plans', page: '', query: {} })}>{t.all}</a>}
      <Shown answer={published}>
        {(now) =>
          page === '' ? (
            <List config={now.config} />
          ) : (
            <Editor key={`${page} ${now.version}`} id={page} published={now} onReload={published.again} />
          )
        }
      </Shown>
    </div>
  )
}

function List({ config: { plans, entrances } }: { readonly config: Config }) {
  const t = planWords.value
  return (
    <div class="parts">
      <ul class="planlist" aria-label={t.list}>
        {Object.entries(plans).map(([id, { name, steps }]) => (
          <li key={id} data-testid="plan">
            <a href={hashOf({ at: 'plans', page: id, query: {} })}>{name}</a>
            <span class="t2">{t.steps(steps.length)}</span>
            {entrances.chat === id && <span class="t2">{t.entrance}</span>}
          </li>
        ))}
      </ul>
      <Make />
    </div>
  )
}

function Make() {
  const t = planWords.value
  const form = useForm()
  const typed = useSignal('')
  const open = async () => {
    const wanted = form.check(Key, { key: typed.value })
    if (wanted !== undefined) go({ at: 'plans', page: wanted.key, query: {} })
  }
  return (
    <Form form={form} label={t.make} button={t.make} onSend={open}>
      <TextField
        form={form}
        name="key"
        label={t.key}
        hint={t.keyHint}
        value={typed.value}
        onChange={(text) => {
          typed.value = text
        }}
      />
    </Form>
  )
}
