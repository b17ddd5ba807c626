/** Who is signed in, how much they take at once, the way to the own settings, and the way out. */
import type { MeRow } from '../../../core/protocol/agent.ts'
import { type Medium, media } from '../../../core/protocol/media.ts'
import { words } from '../../i18n/console.ts'
import { mediaWords } from '../../i18n/media.ts'
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
        {me.value && <Capacities own={me.value} />}
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

/** Of one medium, at once. */
const MOST = 50

function Capacities({ own }: { own: MeRow }) {
  const all: Readonly<Partial<Record<Medium, number>>> = own.capacities ?? own.capacity
  return (
    <>
      {media.map((medium) => {
        const units = all[medium]
        return units !== undefined && <Capacity key={medium} medium={medium} units={units} />
      })}
      {own.over !== undefined && <p class="hint pad">{words.value.draining}</p>}
    </>
  )
}

function Capacity({ medium, units: told }: { readonly medium: Medium; readonly units: number }) {
  const { shown, hold, send } = useHeld(String(told), async (text) => {
    const units = text === '' ? -1 : Number(text)
    if (Number.isInteger(units) && units >= 0 && units <= MOST) await commandAgent('capacity', { medium, units })
  })
  return (
    <label class="capacity">
      <span>{mediaWords.value.atOnce[medium]}</span>
      <input
        class="input"
        type="number"
        min={0}
        max={MOST}
        value={shown}
        data-testid={medium === 'chat' ? ids.capacity : `${ids.capacity}-${medium}`}
        onInput={(event) => hold(event.currentTarget.value)}
        onChange={(event) => void send(event.currentTarget.value)}
      />
    </label>
  )
}
