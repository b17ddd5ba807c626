/** "Why?": asks why a contact waits and why its agents got it, and says it in words. Loaded when somebody wants to know. */
import './why.css'
import { signal, useSignal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { officeWords } from '../../i18n/office.ts'
import { whyWords } from '../../i18n/why.ts'
import { trouble } from '../work.ts'
import type { ExplainedProps } from './explained.tsx'

const loaded = signal<FunctionComponent<ExplainedProps> | null>(null)

export function Why({ conversation }: ExplainedProps) {
  const t = whyWords.value
  const isOpen = useSignal(false)
  const open = async (now: boolean) => {
    isOpen.value = now
    if (!now || loaded.peek() !== null) return
    try {
      const { Explained } = await import('./explained.tsx')
      loaded.value = Explained
    } catch {
      trouble.value = officeWords.value.notLoaded
    }
  }
  const Explained = loaded.value
  return (
    <details class="why" data-testid="why" onToggle={(event) => void open(event.currentTarget.open)}>
      <summary>{t.why}</summary>
      {isOpen.value &&
        (Explained === null ? <p class="muted">{t.loading}</p> : <Explained conversation={conversation} />)}
    </details>
  )
}
