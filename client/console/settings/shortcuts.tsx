/** The page on which somebody gives commands other keys, or switches single keys off. */
import { useSignal } from '@preact/signals'
import { words } from '../../i18n/console.ts'
import { isChanged, rebind, resetBindings } from '../keys/bindings.ts'
import { type CommandId, commandIds } from '../keys/commands.ts'
import { Caps } from '../keys/help.tsx'
import { strokeOf } from '../keys/strokes.ts'
import { Choice } from './choice.tsx'
import { singleKeys, switches } from './preferences.ts'

export function Shortcuts() {
  const t = words.value.settings
  const asking = useSignal<CommandId | null>(null)
  const taken = useSignal<CommandId | null>(null)
  const onKeyDown = (id: CommandId) => (event: KeyboardEvent) => {
    if (asking.value !== id || event.key === 'Tab') return
    event.preventDefault()
    const keys = strokeOf(event)
    if (event.key === 'Escape') asking.value = null
    if (keys === null) return
    taken.value = rebind(id, keys)
    if (taken.value === null) asking.value = null
  }
  return (
    <>
      <p class="lead">{t.here}</p>
      <Choice name="keys" label={t.singleKeys} options={switches} chosen={singleKeys} words={t.switches} />
      <table class="shortcuts">
        <thead>
          <tr>
            <th scope="col">{t.command}</th>
            <th scope="col">{t.keys}</th>
          </tr>
        </thead>
        <tbody>
          {commandIds.map((id) => (
            <tr key={id}>
              <th scope="row">{words.value.commands[id]}</th>
              <td>
                <button
                  type="button"
                  class="btn line"
                  aria-label={t.changeKeys(words.value.commands[id])}
                  aria-pressed={asking.value === id}
                  onClick={() => {
                    asking.value = asking.value === id ? null : id
                    taken.value = null
                  }}
                  onKeyDown={onKeyDown(id)}
                  onBlur={() => {
                    asking.value = null
                  }}
                >
                  {asking.value === id ? t.pressKey : <Caps of={id} />}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="err" role="alert">
        {taken.value !== null && t.keysTaken(words.value.commands[taken.value])}
      </p>
      {isChanged.value && (
        <button type="button" class="btn line" onClick={resetBindings}>
          {t.resetKeys}
        </button>
      )}
    </>
  )
}
