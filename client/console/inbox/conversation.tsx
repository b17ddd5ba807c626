/** The conversation on the screen: who and whose, what can be done with it, its transcript and the composer. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { dateTime } from '../../i18n/locale.ts'
import { replyWords } from '../../i18n/replies.ts'
import { Composer } from '../../ui/composer.tsx'
import { dropTarget } from '../../ui/drop.ts'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { desk } from '../desk.ts'
import { useCommand } from '../keys/use-command.ts'
import { found, open, opened } from '../place.ts'
import { OpenPlaces, ReplyList, useReplies } from '../replies/replies.tsx'
import { Why } from '../why/why.tsx'
import { agentName, queueName, type StaffTalk, staffId, talks, writerOf } from '../work.ts'
import { About, Kin } from './about.tsx'
import { Actions } from './actions.tsx'
import { Beside } from './beside.tsx'
import { draftOf, holdFor, takenBack } from './taking-back.ts'
import { Transcript } from './transcript.tsx'
import './conversation.css'
import './composer.css'

export function Conversation() {
  const t = words.value
  const talk = opened.value === null ? undefined : talks.value.get(opened.value)
  if (talk === undefined) return <p class="empty muted">{t.choose}</p>
  return <Pane key={talk.conversation} talk={talk} />
}

function Pane({ talk }: { talk: StaffTalk }) {
  const t = words.value
  const view = talk.view.value
  const lease = view?.owner?.agent === staffId.value ? view.owner.lease : null
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
            {view?.customer.name ?? t.loading}
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

function Writing({ talk, view }: { talk: StaffTalk; view: StaffView }) {
  const t = words.value
  const noteChosen = useSignal(false)
  const owned = view.owner?.agent === staffId.value ? view.owner : null
  const writer = writerOf(talk)
  const isAdvising = view.consult?.state === 'joined' && view.consult.agent === staffId.value
  const isNote = noteChosen.value || owned === null
  const compose = (asNote: boolean) => () => {
    noteChosen.value = asNote
    document.querySelector<HTMLTextAreaElement>('.comp textarea')?.focus()
  }
  useEffect(() => {
    noteChosen.value = false
  }, [takenBack.value])
  const replies = useReplies(talk, view, { strict: !isNote })
  useCommand('reply', owned === null ? null : compose(false))
  useCommand('note', compose(true))
  const send = (text: string) =>
    void (isNote || owned === null
      ? talk.say('note', { text })
      : talk.say('post', { text, lease: owned.lease }, holdFor()))
  return (
    <div class={`comp ${isNote ? 'noting' : ''}`}>
      {writer !== null && (
        <p class="coll" data-testid={ids.typing}>
          {t.typing(writer)}
        </p>
      )}
      {owned === null && <p class="coll">{isAdvising ? t.advising : t.readOnly}</p>}
      <div class="box">
        <fieldset class="modes" aria-label={t.composerMode}>
          <button
            type="button"
            aria-pressed={!isNote}
            disabled={owned === null}
            onClick={() => (noteChosen.value = false)}
          >
            {t.reply}
          </button>
          <button
            type="button"
            aria-pressed={isNote}
            data-testid={ids.note}
            onClick={() => (noteChosen.value = !noteChosen.value)}
          >
            <Icon name="lock" /> {t.note}
          </button>
          {desk.value.replies.length > 0 && (
            <button
              type="button"
              class="call"
              aria-label={replyWords.value.call}
              title={replyWords.value.call}
              data-testid={ids.callReply}
              onClick={replies.call}
            >
              /
            </button>
          )}
        </fieldset>
        <ReplyList {...replies} />
        <Composer
          key={takenBack.value}
          draft={draftOf(talk.conversation, isNote ? 'note' : 'post')}
          label={isNote ? t.writeNote : t.writeReply}
          sendLabel={t.send}
          testid={ids.composer}
          sendTestid={ids.send}
          focus={owned !== null || isAdvising}
          attachLabel={isNote ? undefined : t.attach}
          onFiles={(files) => talk.uploads.send(files, owned?.lease)}
          onSend={send}
          onInput={(empty) => {
            if (!isNote) talk.peer.typing.input(empty)
          }}
          aid={replies.aid}
        />
        {!isNote && <OpenPlaces {...replies} />}
      </div>
    </div>
  )
}
