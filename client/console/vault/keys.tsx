/** API keys: made, shown once, revoked. */
import { useSignal } from '@preact/signals'
import { type ApiKey, KeyList, KeyWithSecret, NewKey } from '../../../core/protocol/administration.ts'
import { type KeyAction, keyActions } from '../../../core/protocol/permissions.ts'
import { dateTime } from '../../i18n/locale.ts'
import { officeWords } from '../../i18n/office.ts'
import { vaultWords } from '../../i18n/vault.ts'
import { call } from '../api.ts'
import { now } from '../clock.ts'
import { type Pages, usePages } from '../office/answer.ts'
import { Confirm } from '../office/confirm.tsx'
import { Field, Form, Group, useForm } from '../office/form.tsx'
import { Once } from '../office/once.tsx'
import { Empty, More, Shown } from '../office/shown.tsx'
import { trouble } from '../work.ts'

const path = '/api/v1/keys'

export function Keys() {
  const t = vaultWords.value
  const keys = usePages(`${path}?limit=100`, KeyList, 'after')
  return (
    <div class="parts">
      <p class="lead">{t.keysLead}</p>
      <Make onMade={keys.again} />
      <Shown answer={keys}>
        {(items) =>
          items.length === 0 ? <Empty title={t.noKeys}>{t.noKeysWhy}</Empty> : <List items={items} keys={keys} />
        }
      </Shown>
    </div>
  )
}

function Make({ onMade }: { onMade(): Promise<void> }) {
  const t = vaultWords.value
  const form = useForm()
  const name = useSignal('')
  const until = useSignal('')
  const scopes = useSignal<readonly KeyAction[]>([])
  const secret = useSignal<string | null>(null)
  const send = async () => {
    secret.value = null
    const expiresAt = until.value === '' ? undefined : new Date(`${until.value}T00:00`).getTime()
    const wanted = form.check(NewKey, { name: name.value, scopes: scopes.value, expiresAt })
    if (wanted === undefined) return
    const sent = await form.send(() => call('POST', path, KeyWithSecret, wanted))
    if (!sent?.value) return
    secret.value = sent.value.secret
    name.value = until.value = ''
    scopes.value = []
    await onMade()
  }
  return (
    <details class="make">
      <summary class="btn line">{t.make}</summary>
      <Form form={form} label={t.make} button={t.make} onSend={send}>
        <Field form={form} name="name" label={t.name} hint={t.nameHint}>
          {(ties) => (
            <input
              {...ties}
              class="input"
              autocomplete="off"
              value={name.value}
              onInput={(event) => {
                name.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <Group form={form} name="scopes" label={t.scopes}>
          <div class="ticks">
            {keyActions.map((scope) => (
              <label class="tick" key={scope}>
                <input
                  type="checkbox"
                  name={scope}
                  checked={scopes.value.includes(scope)}
                  onChange={(event) => {
                    const rest = scopes.value.filter((one) => one !== scope)
                    scopes.value = event.currentTarget.checked ? [...rest, scope] : rest
                  }}
                />
                {t.scopeNames[scope] ?? scope}
              </label>
            ))}
          </div>
        </Group>
        <Field form={form} name="expiresAt" label={t.expires} hint={t.expiresHint}>
          {(ties) => (
            <input
              {...ties}
              class="input"
              type="date"
              value={until.value}
              onInput={(event) => {
                until.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
      </Form>
      {secret.value !== null && <Once label={t.secretLabel} text={secret.value} hint={t.secretHint} />}
    </details>
  )
}

function stateOf({ revokedAt, expiresAt }: ApiKey): 'good' | 'over' | 'revoked' {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt <= now() ? 'over' : 'good'
}

function List({ items, keys }: { readonly items: readonly ApiKey[]; readonly keys: Pages<ApiKey> }) {
  const t = vaultWords.value
  const when = (at: number | null) => (at === null ? officeWords.value.never : dateTime(at))
  const revoke = async (id: string) => {
    const answer = await call('DELETE', `${path}/${id}`, null)
    if (!answer.ok) trouble.value = answer.message
    await keys.again()
  }
  return (
    <>
      <section class="scroll" aria-label={t.list} tabIndex={0}>
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{t.name}</th>
              <th scope="col">{t.state}</th>
              <th scope="col">{t.begins}</th>
              <th scope="col">{t.may}</th>
              <th scope="col">{t.made}</th>
              <th scope="col">{t.used}</th>
              <th scope="col">{t.ends}</th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {items.map((key) => (
              <tr key={key.id} data-testid="key" data-state={stateOf(key)}>
                <th scope="row">{key.name}</th>
                <td>
                  <span class={`pill ${stateOf(key) === 'good' ? 'positive' : ''}`}>{t.states[stateOf(key)]}</span>
                </td>
                <td>
                  <code>{key.start}…</code>
                </td>
                <td>{key.scopes.map((scope) => t.scopeNames[scope] ?? scope).join(', ')}</td>
                <td>{when(key.createdAt)}</td>
                <td>{when(key.usedAt)}</td>
                <td>{when(key.expiresAt)}</td>
                <td class="ends">
                  {stateOf(key) === 'good' && (
                    <Confirm
                      label={t.revoke}
                      question={t.revokeAsk(key.name)}
                      keep={t.keep}
                      run={() => revoke(key.id)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <More pages={keys} />
    </>
  )
}
