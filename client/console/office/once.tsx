/** A text that is shown this once, to be copied. */
import { useSignal } from '@preact/signals'
import { officeWords } from '../../i18n/office.ts'

export function Once({ label, text, hint }: { readonly label: string; readonly text: string; readonly hint: string }) {
  const t = officeWords.value
  const copied = useSignal(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text).then(
      () => {
        copied.value = true
      },
      // Not allowed here: it can still be selected.
      () => {},
    )
  }
  return (
    <div class="once">
      <label class="field">
        <span class="label">{label}</span>
        <input
          class="input mono"
          readOnly
          value={text}
          data-testid="once"
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <div class="row">
        <button type="button" class="btn line" onClick={() => void copy()}>
          {t.copy}
        </button>
        <span role="status" class="t2">
          {copied.value && t.copied}
        </span>
      </div>
      <p class="hint">{hint}</p>
    </div>
  )
}
