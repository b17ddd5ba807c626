/** Who is signed in, how much they take at once, the way to the own settings, and the way out. */
import type { MeRow } from '../../../core/protocol/agent.ts'
import { words } from '../../i18n/console.ts'
import { Icon } from '../../ui/icon.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { account } from '../account.ts'
import { hashOf } from '../address.ts'
import { useHeld } from '../held.ts'
import { leave } from '../leaving.ts'
import { commandAgent, me } from '../work.ts'

const ID = 'account-menu'

export function AccountMenu() {
  const t = words.value
  const staff = account.value?.staff
  if (staff === undefined) return null
  return (
    <>
      <button
        type="button"
        class="btn icon round"
        popovertarget={ID}
        aria-label={t.accountOf(staff.name)}
        data-testid={ids.account}
      >
        <Avatar name={staff.name} />
      </button>
      <div id={ID} class="menu pop" popover="auto">
        <p class="who">
          <strong class="trunc">{staff.name}</strong>
          <span class="muted trunc">{staff.email}</span>
        </p>
        {me.value && <Capacity own={me.value} />}
        <a class="mi" href={hashOf({ at: 'settings', page: 'preferences' })} onClick={shut}>
          <Icon name="gear" /> {t.settings.pages.preferences}
        </a>
        <button
          type="button"
          class="mi"
          data-testid={ids.signOut}
          onClick={() => {
            shut()
            void leave()
          }}
        >
          <Icon name="back" /> {t.signOut}
        </button>
      </div>
    </>
  )
}

const shut = () => document.getElementById(ID)?.hidePopover()

/** Chats at once. */
const MOST = 50

function Capacity({ own }: { own: MeRow }) {
  const t = words.value
  const { shown, hold, send } = useHeld(String(own.capacity.chat), async (text) => {
    const units = text === '' ? -1 : Number(text)
    if (Number.isInteger(units) && units >= 0 && units <= MOST)
      await commandAgent('capacity', { medium: 'chat', units })
  })
  return (
    <label class="capacity">
      <span>{t.capacity}</span>
      <input
        class="input"
        type="number"
        min={0}
        max={MOST}
        value={shown}
        data-testid={ids.capacity}
        onInput={(event) => hold(event.currentTarget.value)}
        onChange={(event) => void send(event.currentTarget.value)}
      />
      {own.over !== undefined && <span class="hint">{t.draining}</span>}
    </label>
  )
}
