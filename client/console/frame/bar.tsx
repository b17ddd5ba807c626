/** The bar on top: the organisation, the link, presence, and who is signed in. */
import { type MeRow, Presence, presences } from '../../../core/protocol/agent.ts'
import { words } from '../../i18n/console.ts'
import { clockTime } from '../../i18n/locale.ts'
import { Icon, Logo } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { account } from '../account.ts'
import { useHeld } from '../held.ts'
import { Caps } from '../keys/help.tsx'
import { showPalette } from '../keys/keys.tsx'
import { lastHeard } from '../offline/keeper.ts'
import { agent, behind, commandAgent, isSlow, keptCount, mainLink, me } from '../work.ts'
import { AccountMenu } from './account-menu.tsx'

export function Bar() {
  const own = me.value
  return (
    <header class="bar">
      <span class="brand" aria-hidden="true">
        <Logo />
      </span>
      <strong class="org trunc">{account.value?.organisation.name}</strong>
      <Find />
      {agent.value && <LinkBadge />}
      {own && <PresencePicker own={own} />}
      <AccountMenu />
    </header>
  )
}

function Find() {
  const t = words.value.palette
  return (
    <button type="button" class="find" onClick={showPalette} data-testid={ids.find} aria-label={t.label}>
      <Icon name="search" />
      <span class="grow trunc">{t.placeholder}</span>
      <Caps of="palette" />
    </button>
  )
}

function LinkBadge() {
  const t = words.value
  const state = mainLink.value
  const kept = keptCount.value
  const late = behind.value
  const isFine = state === 'live' && !isSlow.value && late === 0
  const look = isFine ? '' : state === 'offline' || state === 'stopped' ? 'off' : 'slow'
  return (
    <span
      class={`conn ${look}`}
      role="status"
      data-testid={ids.link}
      data-state={state}
      data-waiting={kept}
      data-behind={late}
    >
      {state === 'live' && isSlow.value ? t.link.polling : t.link[state]}
      {late > 0 && ` · ${t.linkBehind(late)}`}
      {!isFine && kept > 0 && ` · ${t.linkKept(kept)}`}
    </span>
  )
}

const optionOf = (presence: Presence, reason: string | null) =>
  presence === 'away' && reason !== null ? `away/${reason}` : presence

function PresencePicker({ own }: { own: MeRow }) {
  const t = words.value
  const { shown, send } = useHeld(optionOf(own.presence, own.reason), async (value) => {
    const [first, reason] = value.split('/', 2)
    const presence = Presence.safeParse(first)
    if (presence.success)
      await commandAgent('presence', { presence: presence.data, ...(reason === undefined ? {} : { reason }) })
  })
  return (
    <label class="presence">
      <span class={`pr ${own.presence}`} aria-hidden="true" />
      <span class="sr">{t.presence}</span>
      <select
        data-testid={ids.presence}
        data-presence={own.presence}
        value={shown}
        onChange={(event) => void send(event.currentTarget.value)}
      >
        {presences.flatMap((presence) => [
          <option key={presence} value={presence}>
            {t.presences[presence]}
          </option>,
          ...(presence === 'away' ? own.reasons : []).map((reason) => (
            <option key={reason} value={`away/${reason}`}>
              {`${t.presences.away} · ${reason}`}
            </option>
          )),
        ])}
      </select>
    </label>
  )
}

/** What needs saying above everything else. */
export function Banners() {
  const t = words.value
  const state = mainLink.value
  return (
    <div class="banners">
      {agent.value && state === 'offline' && (
        <p class="banner danger" role="status">
          <Icon name="offline" /> <span class="grow">{t.offlineBanner(keptCount.value)}</span>
          {lastHeard.value !== null && <span class="num">{t.lastHeard(clockTime(lastHeard.value))}</span>}
        </p>
      )}
      {me.value?.notResponding && me.value.presence === 'away' && (
        <p class="banner warning" role="status">
          <Icon name="warn" /> <span class="grow">{t.missed}</span>
          <button
            type="button"
            class="btn sm line"
            onClick={() => void commandAgent('presence', { presence: 'available' })}
          >
            {t.backAgain}
          </button>
        </p>
      )}
    </div>
  )
}
