/** The emoji beside the composer: found by name, chosen by pointer or arrows, written where the caret is. */
import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { extraWords } from '../i18n/chat-extras.ts'
import { locale } from '../i18n/locale.ts'
import * as glyph from '../ui/glyph.tsx'
import { focusOnMount } from '../ui/parts.tsx'
import { widgetIds as ids } from '../ui/testids.ts'
import { composerField, insertText } from './composer-field.ts'
import { emoji } from './emoji-list.ts'

/** As many stand in a row. */
const ROW = 8
const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ROW, ArrowUp: -ROW }

export function EmojiButton() {
  const t = extraWords.value
  const isOpen = useSignal(false)
  const close = () => {
    isOpen.value = false
    composerField()?.focus()
  }
  return (
    <>
      <button
        type="button"
        class="btn icon"
        aria-label={t.emoji}
        title={t.emoji}
        aria-expanded={isOpen.value}
        data-testid={ids.emoji}
        onClick={() => (isOpen.value ? close() : (isOpen.value = true))}
      >
        <glyph.Glyph path={glyph.smile} />
      </button>
      {isOpen.value && <Picker close={close} />}
    </>
  )
}

function Picker({ close }: { close(): void }) {
  const t = extraWords.value
  const wanted = useSignal('')
  const at = useSignal(0)
  const grid = useRef<HTMLDivElement>(null)
  const found = emoji.filter(
    ({ en, zh }) => en.includes(wanted.value.trim().toLowerCase()) || zh.includes(wanted.value.trim()),
  )
  const choose = (sign: string) => {
    close()
    insertText(sign)
  }
  const move = (to: number) => {
    at.value = Math.max(0, Math.min(found.length - 1, to))
    grid.current?.querySelectorAll('button')[at.value]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const isIn = event.target instanceof HTMLButtonElement
    const step = steps[event.key]
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && !isIn && found[0]) choose(found[0].sign)
    else if (event.key === 'ArrowDown' && !isIn) move(0)
    else if (isIn && step !== undefined) move(at.value + step)
    else if (event.key !== 'Enter' || isIn) return
    // Escape would close the window, Enter would send.
    event.preventDefault()
  }
  return (
    <div class="picker" role="dialog" aria-label={t.emoji} onKeyDown={onKeyDown} data-testid={ids.picker}>
      <input
        class="input"
        ref={focusOnMount}
        aria-label={t.findEmoji}
        placeholder={t.findEmoji}
        value={wanted.value}
        onInput={(event) => {
          wanted.value = event.currentTarget.value
          at.value = 0
        }}
      />
      <div class="signs" ref={grid}>
        {found.map(({ sign, en, zh }, n) => (
          <button
            key={sign}
            type="button"
            class="btn"
            tabIndex={n === at.value ? 0 : -1}
            aria-label={locale.value === 'zh' ? zh : en}
            title={locale.value === 'zh' ? zh : en}
            onClick={() => choose(sign)}
          >
            {sign}
          </button>
        ))}
      </div>
      <p class="say" role="status">
        {found.length === 0 && t.noEmoji}
      </p>
    </div>
  )
}
