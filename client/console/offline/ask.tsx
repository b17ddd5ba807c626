/** What a reply says on itself that was written long ago and never went, and what one says that waits behind it. */
import { words } from '../../i18n/console.ts'
import { duration } from '../../i18n/locale.ts'
import type { Item } from '../../net/outbox.ts'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { now } from '../clock.ts'
import { takeBack } from '../inbox/taking-back.ts'
import type { StaffTalk } from '../work.ts'
import { isStale } from './stale.ts'

interface Props {
  readonly item: Item
  readonly talk: StaffTalk
  readonly text: string
}

export function Ask({ item, talk, text }: Props) {
  const t = words.value
  return (
    <p class="meta" data-testid={ids.stale}>
      <Icon name="clock" /> <span>{t.stale(duration(now() - item.at))}</span>
      <button type="button" class="btn sm" data-testid={ids.sendStale} onClick={() => talk.peer.agree(item.id)}>
        {t.sendStill}
      </button>
      <button type="button" class="btn sm" data-testid={ids.editStale} onClick={() => takeBack(talk, item, text)}>
        {t.editStale}
      </button>
      <button type="button" class="btn sm" data-testid={ids.discardStale} onClick={() => talk.peer.remove(item.id)}>
        {t.discard}
      </button>
    </p>
  )
}

/** Why a command is not on its way, or that it is. */
export function waitOf(item: Item, talk: StaffTalk): 'asked' | 'behind' | 'kept' | 'sending' {
  const link = talk.peer.link.value
  const isUp = link === 'live' || link === 'polling'
  // Of one that was sent already, only the server knows whether it has arrived.
  if (isStale(item, now()) && (isUp || !item.sent)) return 'asked'
  if (!isUp) return 'kept'
  const isBehind = talk.pending.value.some((one) => one.at < item.at && one.name === item.name && isStale(one, now()))
  return isBehind ? 'behind' : 'sending'
}
