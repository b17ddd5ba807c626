/** The answers that a canned reply offers go with the draft that was made of it, until somebody takes them out. */
import type { Signal } from '@preact/signals'
import type { OfferedChoices } from '../../../core/protocol/choices.ts'
import { replyWords } from '../../i18n/replies.ts'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import './buttons.css'

export function Buttons({ buttons }: { readonly buttons: Signal<OfferedChoices> }) {
  const t = replyWords.value
  if (buttons.value.length === 0) return null
  return (
    <p class="buttons" data-testid={ids.replyButtons}>
      {t.buttons}
      {buttons.value.map(({ id, label }) => (
        <span key={id} class="pill">
          {label}
        </span>
      ))}
      <button
        type="button"
        class="btn icon"
        aria-label={t.noButtons}
        title={t.noButtons}
        onClick={() => (buttons.value = [])}
      >
        <Icon name="x" />
      </button>
    </p>
  )
}
