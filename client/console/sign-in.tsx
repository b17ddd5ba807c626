/** The sign-in form. */
import { useSignal } from '@preact/signals'
import { words } from '../i18n/console.ts'
import { securityWords } from '../i18n/security.ts'
import { recall, remember } from '../net/browser.ts'
import { Icon } from '../ui/icon.tsx'
import { type SignInTrouble, signIn } from './account.ts'
import { LanguageSwitch } from './frame/language.tsx'
import './sign-in.css'

const providerTroubles = ['none', 'failed', 'unverified', 'stranger'] as const
type ProviderTrouble = (typeof providerTroubles)[number]

/** Why the company's own sign-in led back here; the server says it in the address. */
function providerTrouble(): ProviderTrouble | 'tooMany' | null {
  const said = new URLSearchParams(location.search).get('sign-in')
  if (said === 'tooMany') return said
  return providerTroubles.find((one) => one === said) ?? null
}

function wordsFor(trouble: SignInTrouble | ProviderTrouble): string {
  const t = words.value
  if (trouble === 'wrong' || trouble === 'tooMany' || trouble === 'unreachable') return t[trouble]
  return securityWords.value[trouble]
}

/** Leads to the identity provider of an organisation, which the browser remembers. */
function CompanySignIn() {
  const t = securityWords.value
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const organisation = String(new FormData(event.currentTarget).get('organisation')).trim().toLowerCase()
    remember(organisationKey, organisation)
    location.assign(`/sign-in/oidc/${encodeURIComponent(organisation)}`)
  }
  return (
    <details class="card">
      <summary>{t.company}</summary>
      <form class="field" onSubmit={onSubmit}>
        <label class="label" for="organisation">
          {t.organisation}
        </label>
        <input
          class="input"
          id="organisation"
          name="organisation"
          required
          pattern="[A-Za-z0-9\-]{1,63}"
          defaultValue={recall(organisationKey) ?? ''}
        />
        <button class="btn" type="button" onClick={(event) => event.currentTarget.form?.requestSubmit()}>
          {t.leave}
        </button>
      </form>
    </details>
  )
}

const organisationKey = 'parley.organisation'

export function SignIn() {
  const t = words.value
  const busy = useSignal(false)
  const trouble = useSignal<SignInTrouble | ProviderTrouble | null>(providerTrouble())
  /** The password was right, and a second factor is on. */
  const asked = useSignal(false)
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value || !(event.currentTarget instanceof HTMLFormElement)) return
    const data = new FormData(event.currentTarget)
    busy.value = true
    const code = asked.value ? String(data.get('code')).trim() : undefined
    trouble.value = await signIn(String(data.get('email')), String(data.get('password')), code)
    if (trouble.value === 'needsCode') asked.value = true
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
        {asked.value && (
          <div class="field">
            <label class="label" for="code">
              {securityWords.value.code}
            </label>
            <input class="input" id="code" name="code" autocomplete="one-time-code" required autofocus />
          </div>
        )}
        <p class="err" id="sign-in-trouble" role="alert">
          {trouble.value !== null && (
            <>
              <Icon name="warn" />
              {wordsFor(trouble.value)}
            </>
          )}
        </p>
        <button class="btn primary" type="submit" disabled={busy.value}>
          {busy.value ? t.signingIn : t.signIn}
        </button>
        <LanguageSwitch />
      </form>
      <CompanySignIn />
    </main>
  )
}
