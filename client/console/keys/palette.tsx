/** One field to reach everything: commands, the conversations at hand and, for who may, the words of the record. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { words } from '../../i18n/console.ts'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { capsOf } from './bindings.ts'
import { type Choice, commandsFor, conversationsFor, recordFor } from './choices.ts'
import { Dialog } from './dialog.tsx'

/** How long the typing must rest before the record is asked, in ms. */
const REST = 250

export function Palette({ onClose }: { onClose(): void }) {
  const t = words.value.palette
  const query = useSignal('')
  const found = useSignal<readonly Choice[]>([])
  const at = useSignal(0)
  const list = useRef<HTMLDivElement>(null)
  const choices = useComputed(() => [...commandsFor(query.value), ...conversationsFor(query.value), ...found.value])
  useSignalEffect(() => {
    const asked = query.value.trim()
    const timer = setTimeout(async () => {
      const answer = await recordFor(asked)
      if (query.peek().trim() === asked) found.value = answer
    }, REST)
    return () => clearTimeout(timer)
  })
  const move = (by: number) => {
    const n = choices.value.length
    if (n > 0) at.value = (at.value + by + n) % n
    list.current?.querySelector(`#choice-${at.value}`)?.scrollIntoView({ block: 'nearest' })
  }
  const take = (choice: Choice | undefined) => {
    if (choice === undefined) return
    onClose()
    choice.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter') take(choices.value[at.value])
    else return
    event.preventDefault()
  }
  return (
    <Dialog label={t.label} look="palette" onClose={onClose}>
      <div class="q">
        <Icon name="search" />
        <input
          class="grow"
          role="combobox"
          aria-expanded="true"
          aria-controls="choices"
          aria-autocomplete="list"
          aria-label={t.label}
          {...(choices.value.length > 0 ? { 'aria-activedescendant': `choice-${at.value}` } : {})}
          placeholder={t.placeholder}
          spellcheck={false}
          data-testid={ids.palette}
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value
            found.value = []
            at.value = 0
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <div class="grp" id="choices" role="listbox" aria-label={t.results} ref={list}>
        {choices.value.map((choice, n) => (
          <Option
            key={choice.key}
            choice={choice}
            n={n}
            before={choices.value[n - 1]}
            selected={n === at.value}
            onTake={() => take(choice)}
          />
        ))}
      </div>
      <p class="none muted" role="status">
        {choices.value.length === 0 && t.none}
      </p>
    </Dialog>
  )
}

interface OptionProps {
  readonly choice: Choice
  readonly n: number
  readonly before: Choice | undefined
  readonly selected: boolean
  onTake(): void
}

function Option({ choice, n, before, selected, onTake }: OptionProps) {
  const t = words.value.palette
  const end = choice.command === undefined ? [] : capsOf(choice.command)
  return (
    <>
      {choice.group !== before?.group && (
        <p class="sec" role="presentation">
          {t.groups[choice.group]}
        </p>
      )}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen option. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field takes the chosen option. */}
      <div class="po" role="option" id={`choice-${n}`} aria-selected={selected} onClick={onTake}>
        <Icon name={choice.icon} />
        <span class="trunc">{choice.label}</span>
        <span class="end">
          {end.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
          {choice.hint}
        </span>
      </div>
    </>
  )
}
