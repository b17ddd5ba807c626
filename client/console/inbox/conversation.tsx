/** The conversation on the screen: who and whose, what can be done with it, its transcript and the composer. */
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { dateTime } from '../../i18n/locale.ts'
import { dropTarget } from '../../ui/drop.ts'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { found, open, opened } from '../place.ts'
import { Why } from '../why/why.tsx'
import { agentName, queueName, type StaffTalk, staffId, talks } from '../work.ts'
import { About, Kin } from './about.tsx'
import { Actions } from './actions.tsx'
import { Beside } from './beside.tsx'
import { useLookingAt } from './colleagues.tsx'
import { NothingOpen } from './nothing-open.tsx'
import { Transcript } from './transcript.tsx'
import { Writing } from './writing.tsx'
import './conversation.css'

export function Conversation() {
  const talk = opened.value === null ? undefined : talks.value.get(opened.value)
  if (talk === undefined) return <NothingOpen />
  return <Pane key={talk.conversation} talk={talk} />
}

function Pane({ talk }: { talk: StaffTalk }) {
  const t = words.value
  const view = talk.view.value
  const lease = view?.owner?.agent === staffId.value ? view.owner.lease : null
  useLookingAt(talk)
  const take = lease === null ? null : (files: readonly File[]) => talk.uploads.send(files, lease)
  if (talk.peer.link.value === 'stopped' && view === null) return <p class="empty muted">{t.gone}</p>
  return (
    <article class="conv" data-conversation={talk.conversation} {...dropTarget(take)}>
      <header class="chead">
        <button type="button" class="btn icon back" aria-label={t.back} onClick={() => open(null)}>
          <Icon name="back" />
        </button>
        <div class="grow">
          <h2 class="trunc" tabIndex={-1}>
            {view?.customer.name ?? (talk.peer.link.value === 'offline' ? t.notKept : t.loading)}
          </h2>
          {view && (
            <p class="sub trunc" role="status" data-testid={ids.status} data-status={view.status}>
              {subtitle(view)}
            </p>
          )}
        </div>
        {view && <Actions talk={talk} view={view} />}
      </header>
      <div>
        <LinkLine talk={talk} />
        {view && <Beside talk={talk} view={view} />}
        {view && <Kin talk={talk} view={view} />}
        {view !== null && (view.status === 'waiting' || view.status === 'fallback') && (
          <Why key={`${talk.conversation} ${view.offer?.lease}`} conversation={talk.conversation} />
        )}
        {view && <About key={talk.conversation} talk={talk} view={view} />}
      </div>
      <Transcript talk={talk} found={found.value} />
      {view && <Writing talk={talk} view={view} />}
    </article>
  )
}

function subtitle(view: StaffView): string {
  const t = words.value
  const who =
    view.owner !== null
      ? view.owner.agent === staffId.value
        ? t.withYou
        : t.withAgent(view.owner.name)
      : view.snooze !== null
        ? t.event.snoozed[view.snooze.why](dateTime(view.snooze.until))
        : view.offer !== null
          ? t.offeredTo(agentName(view.offer.agent, view.offer.name))
          : t.statuses[view.status]
  const where = view.status === 'waiting' ? view.queues.map(queueName).join(', ') : ''
  const wait = view.wait === undefined ? '' : t.expectedWait(view.wait.from, view.wait.to)
  return [who, where, wait, view.customer.verified ? t.verified : t.visitor].filter((part) => part !== '').join(' · ')
}

/** Only when it differs from the badge on top would it say something else: a single broken link. */
function LinkLine({ talk }: { talk: StaffTalk }) {
  const t = words.value
  const link = talk.peer.link.value
  if (link === 'live') return <div />
  return (
    <p class="linkline" role="status" data-state={link}>
      {t.link[link]}
    </p>
  )
}
