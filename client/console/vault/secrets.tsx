/** Secrets: set, replaced, taken away; read back by nobody. */
import { useSignal } from '@preact/signals'
import type * as z from 'zod/mini'
import { SecretList, SecretValue, secretNames } from '../../../core/protocol/api.ts'
import { dateTime } from '../../i18n/locale.ts'
import { vaultWords } from '../../i18n/vault.ts'
import { call } from '../api.ts'
import { useAnswer } from '../office/answer.ts'
import { Confirm } from '../office/confirm.tsx'
import { Field, Form, useForm } from '../office/form.tsx'
import { Shown } from '../office/shown.tsx'
import { trouble } from '../work.ts'

const path = '/api/v1/secrets'
type Kept = z.infer<typeof SecretList>['items'][number]

export function Secrets() {
  const secrets = useAnswer(path, SecretList)
  return (
    <div class="parts">
      <p class="lead">{vaultWords.value.secretsLead}</p>
      <Shown answer={secrets}>
        {({ items }) =>
          secretNames.map((name) => (
            <Secret key={name} name={name} kept={items.find((item) => item.name === name)} onChange={secrets.again} />
          ))
        }
      </Shown>
    </div>
  )
}

interface SecretProps {
  readonly name: string
  readonly kept: Kept | undefined
  onChange(): Promise<void>
}

function Secret({ name, kept, onChange }: SecretProps) {
  const t = vaultWords.value
  const form = useForm()
  const value = useSignal('')
  const send = async () => {
    const wanted = form.check(SecretValue, { value: value.value })
    if (wanted === undefined) return
    if ((await form.send(() => call('PUT', `${path}/${name}`, null, wanted))) === undefined) return
    value.value = ''
    await onChange()
  }
  const drop = async () => {
    const answer = await call('DELETE', `${path}/${name}`, null)
    if (!answer.ok) trouble.value = answer.message
    await onChange()
  }
  return (
    <section class="parts" aria-label={t.secretNames[name] ?? name} data-testid="secret">
      <div>
        <h2>{t.secretNames[name] ?? name}</h2>
        <p class="t2">{t.usedBy[name]}</p>
        <p data-set={kept !== undefined}>{kept === undefined ? t.notSet : t.setAt(dateTime(kept.setAt), kept.key)}</p>
      </div>
      <Form
        form={form}
        label={t.secretNames[name] ?? name}
        button={kept === undefined ? t.set : t.replace}
        onSend={send}
        more={kept !== undefined && <Confirm label={t.drop} question={t.dropAsk} run={drop} />}
      >
        <Field form={form} name="value" label={t.value}>
          {(ties) => (
            <input
              {...ties}
              class="input"
              type="password"
              autocomplete="off"
              value={value.value}
              onInput={(event) => {
                value.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
      </Form>
    </section>
  )
}
