/** The sign-in form. */
import { useSignal } from '@preact/signals'
import { words } from '../i18n/console.ts'
import { Icon } from '../ui/icon.tsx'
import { type SignInTrouble, signIn } from './account.ts'
import { LanguageSwitch } from './frame/language.tsx'

export function SignIn() {
  const t = words.value
  const busy = useSignal(false)
  const trouble = useSignal<SignInTrouble | null>(null)
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value || !(event.currentTarget instanceof HTMLFormElement)) return
    const data = new FormData(event.currentTarget)
    busy.value = true
    trouble.value = await signIn(String(data.get('email')), String(data.get('password')))
    busy.value = false
  }
  const described = trouble.value === null ? {} : { 'aria-describedby': 'sign-in-trouble' }
  const invalid = trouble.value === 'wrong'
  return (
    <main class="sign-in">
      <form class="card" onSubmit={(event) => void onSubmit(event)}>
        <h1>Parley</h1>
        <p class="t2">{t.signInLead}</p>
        <div class="field">
          <label class="label" for="email">
            {t.email}
          </label>
          <input
            class="input"
            id="email"
            name="email"
            type="email"
            autocomplete="username"
            required
            autofocus
            aria-invalid={invalid}
            {...described}
          />
        </div>
        <div class="field">
          <label class="label" for="password">
            {t.password}
          </label>
          <input
            class="input"
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            aria-invalid={invalid}
            {...described}
          />
        </div>
        <p class="err" id="sign-in-trouble" role="alert">
          {trouble.value !== null && (
            <>
              <Icon name="warn" />
              {t[trouble.value]}
            </>
          )}
        </p>
        <button class="btn primary" type="submit" disabled={busy.value}>
          {busy.value ? t.signingIn : t.signIn}
        </button>
        <LanguageSwitch />
      </form>
    </main>
  )
}
