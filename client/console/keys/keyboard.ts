/** Listens to the keyboard and performs what was typed, unless somebody is writing. */
import { singleKeys } from '../settings/preferences.ts'
import { bindings } from './bindings.ts'
import { perform } from './commands.ts'
import { Strokes, strokeOf } from './strokes.ts'

export function listenToKeys(): () => void {
  const strokes = new Strokes()
  const onKeyDown = (event: KeyboardEvent) => {
    const stroke = event.isComposing || event.repeat || event.defaultPrevented ? null : strokeOf(event)
    if (stroke === null || (isWriting(event.target) && !stroke.startsWith('mod+'))) return
    if (document.querySelector('dialog[open]') !== null) return
    const command = strokes.take(stroke, event.timeStamp, bindings.value, singleKeys.value === 'on')
    if (command !== null && perform(command)) event.preventDefault()
  }
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
