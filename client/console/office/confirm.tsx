/** A button for what cannot be undone: it asks once more in its place. */
import { useSignal } from '@preact/signals'
import { officeWords } from '../../i18n/office.ts'
import { focusOnMount } from '../../ui/parts.tsx'

interface ConfirmProps {
  readonly label: string
  readonly question: string
  readonly keep?: string
  run(): Promise<unknown>
}

export function Confirm({ label, question, keep, run }: ConfirmProps) {
  const asking = useSignal(false)
  const busy = useSignal(false)
  if (!asking.value)
    return (
      <button
        type="button"
        class="btn sm line"
        onClick={() => {
          asking.value = true
        }}
      >
        {label}
      </button>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a group of fields; these are two answers to a question.
    <span class="row ask" role="group" aria-label={question}>
      <span>{question}</span>
      <button
        type="button"
        class="btn sm danger"
        aria-disabled={busy.value}
        ref={focusOnMount}
        onClick={async () => {
          if (busy.value) return
          busy.value = true
          await run()
          busy.value = false
          asking.value = false
        }}
      >
        {label}
      </button>
      <button
        type="button"
        class="btn sm line"
        onClick={() => {
          asking.value = false
        }}
      >
        {keep ?? officeWords.value.cancel}
      </button>
    </span>
  )
}
