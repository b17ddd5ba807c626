/** The page on which somebody turns on a second factor, or has to. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { encode } from 'uqr'
import { FactorSecret, FactorState, RecoveryCodes } from '../../../core/protocol/api.ts'
import { securityWords } from '../../i18n/security.ts'
import { account, load } from '../account.ts'
import { type Called, call } from '../api.ts'
import { LanguageSwitch } from '../frame/language.tsx'
import { Waiting } from '../office/shown.tsx'

const path = '/api/v1/session/factor'

type Step =
  | { readonly at: 'loading' }
  | { readonly at: 'off' }
  | { readonly at: 'on'; readonly left: number; readonly required: boolean }
  | { readonly at: 'scan'; readonly secret: string; readonly address: string }
  | { readonly at: 'codes'; readonly codes: readonly string[] }

/** What went wrong, as a key of the words. */
const troubleOf = (answer: Called<unknown>) =>
  answer.ok
    ? null
    : answer.status === 429
      ? 'tooMany'
      : answer.status === 0 || answer.status >= 500
        ? 'unreachable'
        : 'wrong'

export function Security() {
  const t = securityWords.value
  const step = useSignal<Step>({ at: 'loading' })
  const trouble = useSignal<'wrong' | 'tooMany' | 'unreachable' | null>(null)
  const refresh = async () => {
    const state = await call('GET', path, FactorState)
    trouble.value = troubleOf(state)
    if (!state.ok || state.value === null) return
    const { on, required, recoveryCodesLeft } = state.value
    step.value = on ? { at: 'on', left: recoveryCodesLeft, required } : { at: 'off' }
  }
  useEffect(() => void refresh(), [])
  const begin = async (password: string) => {
    const answer = await call('POST', path, FactorSecret, { password })
    trouble.value = troubleOf(answer)
    if (answer.ok && answer.value !== null) step.value = { at: 'scan', ...answer.value }
  }
  const confirm = async (code: string) => {
    const answer = await call('PUT', path, RecoveryCodes, { code })
    trouble.value = troubleOf(answer)
    if (answer.ok && answer.value !== null) step.value = { at: 'codes', codes: answer.value.codes }
  }
  const turnOff = async (code: string) => {
    const answer = await call('POST', `${path}/off`, null, { code })
    trouble.value = troubleOf(answer)
    if (answer.ok) await refresh()
  }
  const now = step.value
  return (
    <>
      <p class="lead">{t.lead}</p>
      {now.at === 'loading' && trouble.value === null && <Waiting />}
      {now.at === 'off' && (
        <>
          <p>{t.off}</p>
          <Ask label={t.password} type="password" button={t.begin} send={begin} />
        </>
      )}
      {now.at === 'scan' && (
        <>
          <p>{t.scan}</p>
          <QrCode text={now.address} />
          <p>
            {t.key}: <code data-testid="factor-key">{now.secret}</code>
          </p>
          <Ask label={t.firstCode} type="text" button={t.confirm} send={confirm} />
        </>
      )}
      {now.at === 'codes' && (
        <>
          <p>{t.keep}</p>
          <ul class="codes" data-testid="recovery-codes">
            {now.codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
          <button
            type="button"
            class="btn primary"
            onClick={() => void (account.value?.mustEnrol ? load() : refresh())}
          >
            {t.kept}
          </button>
        </>
      )}
      {now.at === 'on' && (
        <>
          <p data-testid="factor-on">{t.on(now.left)}</p>
          {!now.required && <Ask label={t.code} type="text" button={t.turnOff} send={turnOff} />}
        </>
      )}
      <p class="err" role="alert">
        {trouble.value !== null && t[trouble.value]}
      </p>
    </>
  )
}

/** For who has to turn one on before anything else. */
export function MustEnrol() {
  const t = securityWords.value
  return (
    <main class="sign-in">
      <div class="card settings-card">
        <h1>{t.title}</h1>
        <p>{t.must}</p>
        <Security />
        <LanguageSwitch />
      </div>
    </main>
  )
}

interface AskProps {
  readonly label: string
  readonly type: 'text' | 'password'
  readonly button: string
  readonly send: (value: string) => Promise<void>
}

const kinds = {
  text: { type: 'text', autocomplete: 'one-time-code' },
  password: { type: 'password', autocomplete: 'current-password' },
} as const

/** One field and its button. */
function Ask({ label, type, button, send }: AskProps) {
  const busy = useSignal(false)
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value || !(event.currentTarget instanceof HTMLFormElement)) return
    busy.value = true
    await send(String(new FormData(event.currentTarget).get('value')).trim())
    busy.value = false
  }
  return (
    <form class="field" onSubmit={(event) => void onSubmit(event)}>
      <label class="label" for="security-value">
        {label}
      </label>
      <input class="input" id="security-value" name="value" required {...kinds[type]} />
      <button type="submit" class="btn primary" disabled={busy.value}>
        {button}
      </button>
    </form>
  )
}

/** Dark squares on white in every theme: that is what cameras look for. */
function QrCode({ text }: { readonly text: string }) {
  const { data, size } = encode(text)
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={securityWords.value.qr}>
      <rect width={size} height={size} fill="#fff" />
      <path d={squares} fill="#000" />
    </svg>
  )
}
