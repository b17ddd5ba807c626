/** Where an invitation leads: whom it is for, and the password they choose. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type * as z from 'zod/mini'
import { Invited, NewPassword } from '../../core/protocol/administration.ts'
import { joinWords } from '../i18n/join.ts'
import { officeWords } from '../i18n/office.ts'
import { call } from './api.ts'
import { LanguageSwitch } from './frame/language.tsx'
import { Field, Form, useForm } from './office/form.tsx'
import { Waiting } from './office/shown.tsx'
import { open } from './place.ts'

const path = '/api/v1/session/invitation'

type Step =
  | { readonly at: 'asking' | 'unreachable' | 'over' | 'done' }
  | { readonly at: 'here'; readonly who: z.infer<typeof Invited> }

export default function Join({ token }: { readonly token: string }) {
  const t = joinWords.value
  const step = useSignal<Step>({ at: 'asking' })
  const ask = async () => {
    step.value = { at: 'asking' }
    const answer = await call('POST', path, Invited, { token })
    if (answer.ok && answer.value !== null) step.value = { at: 'here', who: answer.value }
    // Only the server knows that a link is over.
    else step.value = { at: !answer.ok && (answer.status === 0 || answer.status >= 500) ? 'unreachable' : 'over' }
  }
  useEffect(() => void ask(), [token])
  const now = step.value
  return (
    <main class="sign-in" data-testid="join" data-step={now.at}>
      <div class="card settings-card">
        {now.at === 'asking' && <Waiting />}
        {now.at === 'unreachable' && (
          <div class="state" role="alert">
            <p>{officeWords.value.unreachable}</p>
            <button type="button" class="btn line" onClick={() => void ask()}>
              {officeWords.value.again}
            </button>
          </div>
        )}
        {now.at === 'over' && (
          <>
            <h1>{t.over}</h1>
            <p>{t.overWhy}</p>
          </>
        )}
        {now.at === 'done' && (
          <>
            <h1>{t.done}</h1>
            <button type="button" class="btn primary" onClick={() => open(null)}>
              {t.signIn}
            </button>
          </>
        )}
        {now.at === 'here' && (
          <Choose
            who={now.who}
            token={token}
            onDone={() => {
              step.value = { at: 'done' }
            }}
          />
        )}
        <LanguageSwitch />
      </div>
    </main>
  )
}

interface ChooseProps {
  readonly who: z.infer<typeof Invited>
  readonly token: string
  onDone(): void
}

function Choose({ who, token, onDone }: ChooseProps) {
  const t = joinWords.value
  const form = useForm()
  const password = useSignal('')
  const send = async () => {
    const wanted = form.check(NewPassword, { token, password: password.value })
    if (wanted !== undefined && (await form.send(() => call('PUT', path, null, wanted))) !== undefined) onDone()
  }
  return (
    <>
      <h1>{t.title(who.organisation.name)}</h1>
      <p>{t.lead(who.name, who.email)}</p>
      <Form form={form} label={t.set} button={t.set} onSend={send}>
        {/* For the browser's memory of passwords. */}
        <input type="email" autocomplete="username" value={who.email} readOnly hidden />
        <Field form={form} name="password" label={t.password} hint={t.hint}>
          {(ties) => (
            <input
              {...ties}
              class="input"
              type="password"
              autocomplete="new-password"
              value={password.value}
              onInput={(event) => {
                password.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
      </Form>
    </>
  )
}
