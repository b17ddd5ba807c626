/** The customer's earlier talks: a list, each to be read again, and the way to a new one. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { EarlierTalk } from '../../core/protocol/api.ts'
import { talkWords } from '../i18n/chat-talks.ts'
import { dateTime } from '../i18n/locale.ts'
import * as glyph from '../ui/glyph.tsx'
import { focusOnMount } from '../ui/parts.tsx'
import { widgetIds as ids } from '../ui/testids.ts'
import type { ChatTalk } from './chat.ts'
import { chat } from './here.ts'
import { Transcript } from './transcript.tsx'

export function TalksButton() {
  const label = talkWords.value.talks
  const isAway = chat.past.value !== null
  return (
    <button
      type="button"
      class={isAway ? 'btn icon on' : 'btn icon'}
      aria-label={label}
      title={label}
      aria-pressed={isAway}
      data-testid={ids.talks}
      onClick={() => chat.look(isAway ? null : 'list')}
    >
      <glyph.Glyph path={glyph.clock} />
    </button>
  )
}

export function Earlier({ of }: { readonly of: ChatTalk | 'list' }) {
  if (of === 'list') return <List />
  const t = talkWords.value
  return (
    <>
      <Transcript key={of.conversation} talk={of} />
      <div class="wf">
        <p class="say" role="status">
          {of.peer.link.value === 'stopped' ? t.gone : t.readOnly}
        </p>
        <button type="button" class="btn line" ref={focusOnMount} onClick={() => chat.look('list')}>
          {t.back}
        </button>
      </div>
    </>
  )
}

function List() {
  const t = talkWords.value
  const found = useSignal<readonly EarlierTalk[] | null>(null)
  const trouble = useSignal('')
  useEffect(() => {
    chat.talks().then(
      (talks) => (found.value = talks),
      () => (trouble.value = t.failed),
    )
  }, [])
  const begin = () =>
    chat.begin().then(
      () => chat.look(null),
      () => (trouble.value = t.failed),
    )
  const hasEnded = chat.talk.value?.view.value?.status === 'closed'
  return (
    <section class="wb talks" aria-label={t.talks} data-testid={ids.talkList}>
      <button type="button" class="btn line" ref={focusOnMount} onClick={() => chat.look(null)}>
        {t.present}
      </button>
      {hasEnded && (
        <button type="button" class="btn line" data-testid={ids.beginTalk} onClick={() => void begin()}>
          {t.begin}
        </button>
      )}
      <ul>
        {found.value?.map(({ id, at, status }) => (
          <li key={id}>
            <button type="button" class="btn" data-conversation={id} onClick={() => chat.read(id)}>
              {dateTime(at)} · {status === 'closed' ? t.ended : t.going}
            </button>
          </li>
        ))}
      </ul>
      <p class="say" role="status">
        {trouble.value || (found.value?.length === 0 && t.none)}
      </p>
    </section>
  )
}
