/** The chat window: header with the present, transcript, composer, and a line that tells truly how the link stands. */
import { useSignal } from '@preact/signals'
import { close } from '../../core/protocol/link.ts'
import { dateTime } from '../i18n/locale.ts'
import { words } from '../i18n/widget.ts'
import { Composer } from '../ui/composer.tsx'
import { dropTarget } from '../ui/drop.ts'
import * as glyph from '../ui/glyph.tsx'
import { focusOnMount } from '../ui/parts.tsx'
import { widgetIds as ids } from '../ui/testids.ts'
import type { ChatTalk } from './chat.ts'
import { chat } from './here.ts'
import { shown, tell } from './host.ts'
import { parts } from './later-parts.ts'
import { look } from './look.ts'
import { Transcript } from './transcript.tsx'

export function App() {
  const t = words.value
  const current = chat.talk.value
  const state = chat.state.value
  const past = chat.past.value
  const Earlier = past === null ? undefined : parts()?.Earlier
  return (
    <main
      class="w"
      {...dropTarget(current === null || isAsked(current) ? null : (files) => current.uploads.send(files))}
    >
      <Header current={current} />
      {current && past !== null && Earlier ? (
        <Earlier of={past} />
      ) : current ? (
        <Conversation key={current.conversation} talk={current} />
      ) : (
        <div class="wb">
          <p class="say" role="status" data-testid={ids.status}>
            {state === 'refused' ? t.unavailable : state === 'unreachable' ? t.cannotReach : t.starting}
          </p>
        </div>
      )}
    </main>
  )
}

const isAsked = ({ view }: ChatTalk) => view.value?.ask !== undefined

function Header({ current }: { current: ChatTalk | null }) {
  const t = words.value
  const asking = useSignal(false)
  // Nobody else is known on another device, or by another talk.
  const Talks = chat.session.value?.customer.verified ? parts()?.TalksButton : undefined
  const view = current?.view.value ?? null
  const past = chat.past.value
  // What is read is what is saved; what is not on the screen is not ended by mistake.
  const read = past === null ? current : past === 'list' ? null : past
  const canLeave = past === null && (view?.status === 'waiting' || view?.status === 'talking')
  // Answers the question, and leaves the window open.
  const onAskKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    asking.value = false
  }
  const name = chat.session.value?.organisation.name ?? ''
  const Later = past === null && (view === null || view.status === 'new') ? null : parts()
  return (
    <header class="wh">
      <div class="grow">
        <h1 class="t trunc">{look.value.texts.title ?? (name === '' ? t.title : name)}</h1>
        {current && <StatusLine talk={current} />}
      </div>
      {Later && read && (
        <>
          <Later.SaveTranscript uploads={read.uploads} conversation={read.conversation} isSmall />
          {past === null && <Later.SoundSwitch />}
        </>
      )}
      {Talks && <Talks />}
      {canLeave && !asking.value && (
        <button type="button" class="btn sm" data-testid={ids.leave} onClick={() => (asking.value = true)}>
          {t.end}
        </button>
      )}
      <button
        type="button"
        class="btn icon"
        aria-label={t.close}
        title={t.close}
        onClick={() => tell({ parley: 'close' })}
      >
        <glyph.Glyph path={glyph.x} />
      </button>
      {canLeave && asking.value && (
        <div class="ask" role="alertdialog" aria-label={t.endAsk} onKeyDown={onAskKey}>
          <span class="grow">{t.endAsk}</span>
          <button type="button" class="btn sm" ref={focusOnMount} onClick={() => (asking.value = false)}>
            {t.endNo}
          </button>
          <button
            type="button"
            class="btn sm solid"
            data-testid={ids.leaveConfirm}
            onClick={() => {
              asking.value = false
              void current?.peer.command('leave', {})
            }}
          >
            {t.endYes}
          </button>
        </div>
      )}
    </header>
  )
}

function StatusLine({ talk }: { talk: ChatTalk }) {
  return (
    <p class="s trunc" role="status" data-testid={ids.status} data-status={talk.view.value?.status ?? 'unknown'}>
      {statusText(talk)}
    </p>
  )
}

function statusText(talk: ChatTalk): string {
  const t = words.value
  const view = talk.view.value
  if (view === null) return t.connecting
  if (view.later !== undefined) return t.later
  // A flow leads: nobody is sought yet.
  if (view.status === 'waiting') return view.bot ? t.newStatus : t.waiting
  if (view.status === 'talking') return t.talking(view.agent?.name ?? '')
  if (view.status === 'fallback') return t.fallback
  return view.status === 'closed' ? t.closed : t.newStatus
}

function Conversation({ talk }: { talk: ChatTalk }) {
  const t = words.value
  const view = talk.view.value
  const closed = chat.session.value?.closed
  const isOut = closed !== undefined && (view?.status === 'new' || view?.status === 'closed')
  const ask = isOut ? undefined : view?.ask
  const forms = isOut || ask || view?.offer === 'message' || view?.rate ? parts() : null
  const { greeting, placeholder } = look.value.texts
  const Emoji = parts.here.value?.EmojiButton
  const isRead = look.value.typingPreview === true
  const isSilent = ask !== undefined || (view === null && look.value.asks === true)
  return (
    <>
      {greeting !== undefined && view?.status === 'new' && !isOut && <p class="greeting">{greeting}</p>}
      {ask ? forms && <forms.PreChat talk={talk} ask={ask} /> : <Transcript talk={talk} />}
      <div class="wf">
        {view?.status === 'waiting' && view.place !== null && (
          <p class="place" data-testid={ids.place} data-place={view.place}>
            <span class="num big" aria-hidden="true">
              {view.place}
            </span>
            <span role="status">
              {view.place === 1 ? t.next : t.place(view.place)}
              {view.wait !== undefined && (
                <span class="expected" data-testid={ids.wait}>
                  {t.expected(view.wait.from, view.wait.to)}
                </span>
              )}
            </span>
          </p>
        )}
        {forms && view?.offer === 'message' && <forms.MessageInstead talk={talk} />}
        {view?.notice && (
          <p class="notice" role="status" data-testid={ids.notice}>
            {view.notice}
          </p>
        )}
        {view?.status === 'closed' && !isOut && <p class="say">{t.closedHint}</p>}
        {view?.later?.why === 'hours' && (
          <p class="notice" role="status">
            {t.messageKept(view.later.until === null ? '' : dateTime(view.later.until))}
          </p>
        )}
        {forms && view?.rate && <forms.Rate talk={talk} rate={view.rate} />}
        <LinkLine talk={talk} />
        {isOut && closed.takes === 'nothing' ? (
          forms && <forms.Shut until={closed.until} />
        ) : isOut ? (
          forms && <forms.LeaveMessage talk={talk} until={closed.until} />
        ) : isSilent ? null : (
          <Composer
            draft={`w.${talk.conversation}`}
            label={placeholder ?? t.message}
            sendLabel={t.send}
            testid={ids.composer}
            sendTestid={ids.send}
            focus={shown.value}
            attachLabel={t.attach}
            onFiles={(files) => talk.uploads.send(files)}
            onSend={(text) => void talk.say('post', { text })}
            onInput={(empty, text) => talk.peer.typing.input(empty, isRead ? text : undefined)}
            tools={Emoji && <Emoji />}
          />
        )}
        {isRead && !isSilent && !isOut && (
          <p class="by" data-testid={ids.typingPreview}>
            {t.typingPreview}
          </p>
        )}
        <p class="by">Parley</p>
      </div>
    </>
  )
}

/** Says nothing while all is well. */
function LinkLine({ talk }: { talk: ChatTalk }) {
  const t = words.value
  const link = talk.peer.link.value
  const kept = talk.pending.value.filter((item) => item.state === 'waiting').length
  const text = {
    live: '',
    connecting: t.connecting,
    polling: t.polling,
    offline: kept > 0 ? t.offlineWith(kept) : t.offline,
    stopped: talk.peer.code.value === close.replaced ? t.replaced : t.stopped,
  }[link]
  return (
    <p class="linkline" role="status" data-testid={ids.link} data-state={link} data-waiting={kept}>
      {(link === 'offline' || link === 'stopped') && <glyph.Glyph path={glyph.offline} />}
      {text}
    </p>
  )
}
