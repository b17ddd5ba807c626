/** The sheet of all commands with their keys. */
import { words } from '../../i18n/console.ts'
import { hashOf } from '../address.ts'
import { capsOf } from './bindings.ts'
import { type CommandId, commandIds } from './commands.ts'
import { Dialog } from './dialog.tsx'

export function Help({ onClose }: { onClose(): void }) {
  const t = words.value
  return (
    <Dialog label={t.help.label} look="help" onClose={onClose}>
      <h2>{t.help.label}</h2>
      <dl>
        {commandIds.map((id) => (
          <div key={id}>
            <dt>{t.commands[id]}</dt>
            <dd>
              <Caps of={id} />
            </dd>
          </div>
        ))}
      </dl>
      <p class="row">
        <a class="grow" href={hashOf({ at: 'settings', page: 'shortcuts' })} onClick={onClose}>
          {t.help.change}
        </a>
        <button type="button" class="btn line" onClick={onClose}>
          {t.dismiss}
        </button>
      </p>
    </Dialog>
  )
}

export function Caps({ of }: { of: CommandId }) {
  return (
    <span class="caps">
      {capsOf(of).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
