/** Where a reply or a note is written: what kind it is, who else is there, how it will look, and the field. */
import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { type Writing as Kind, writings } from '../../../core/protocol/colleagues.ts'
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { type Block, parseMarkdown } from '../../../core/text/markdown.ts'
import { words } from '../../i18n/console.ts'
import { replyWords } from '../../i18n/replies.ts'
import { recall, remember } from '../../net/browser.ts'
import { Composer } from '../../ui/composer.tsx'
import { draftKey } from '../../ui/draft.ts'
import { Formatted } from '../../ui/formatted.tsx'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { desk } from '../desk.ts'
import { useCommand } from '../keys/use-command.ts'
import { Buttons } from '../replies/buttons.tsx'
import { composerField, surround } from '../replies/field.ts'
import { namedIn } from '../replies/mentions.ts'
import { OpenPlaces, type Replies, ReplyList, useReplies } from '../replies/replies.tsx'
import { agents, type StaffTalk, staffId, writerOf } from '../work.ts'
import { Colleagues } from './colleagues.tsx'
import { draftOf, holdFor, takenBack } from './taking-back.ts'
import './composer.css'

interface Props {
  readonly talk: StaffTalk
  readonly view: StaffView
}

/** As many as one note may name. */
const MOST_NAMED = 10

export function Writing({ talk, view }: Props) {
  const t = words.value
  useState(() => adoptDrafts(talk, view))
  const noteChosen = useSignal(false)
  const owned = view.owner?.agent === staffId.value ? view.owner : null
  const writer = talk.typing.value?.role === 'customer' ? writerOf(talk) : null
  const isAdvising = view.consult?.state === 'joined' && view.consult.agent === staffId.value
  const isNote = noteChosen.value || owned === null
  const kind: Kind = isNote ? 'note' : 'post'
  const draft = draftOf(talk.conversation, kind)
  const text = useSignal('')
  useEffect(() => {
    text.value = recall(draftKey(draft)) ?? ''
  }, [draft, takenBack.value])
  const compose = (asNote: boolean) => () => {
    noteChosen.value = asNote
    composerField()?.focus()
  }
  useEffect(() => {
    noteChosen.value = false
  }, [takenBack.value])
  const others = agents.value.filter(({ id }) => id !== staffId.value)
  const replies = useReplies(talk, view, { strict: !isNote, people: isNote ? others : [] })
  useCommand('reply', owned === null ? null : compose(false))
  useCommand('note', compose(true))
  const send = (said: string) => {
    text.value = ''
    if (!isNote && owned !== null) {
      const choices = replies.buttons.peek()
      replies.buttons.value = []
      const body = { text: said, lease: owned.lease, ...(choices.length === 0 ? {} : { choices }) }
      return void talk.say('post', body, holdFor())
    }
    const mentions = namedIn(said, others).slice(0, MOST_NAMED)
    void talk.say('note', { text: said, ...(mentions.length === 0 ? {} : { mentions }) })
  }
  return (
    <div class={`comp ${isNote ? 'noting' : ''}`}>
      {writer !== null && (
        <p class="coll" data-testid={ids.typing}>
          {t.typing(writer)}
        </p>
      )}
      <Colleagues talk={talk} view={view} />
      {owned === null && <p class="coll">{isAdvising ? t.advising : t.readOnly}</p>}
      <div class="box">
        <Modes noteChosen={noteChosen} isNote={isNote} mayReply={owned !== null} replies={replies} />
        <ReplyList {...replies} />
        <Preview text={text} />
        <Composer
          key={takenBack.value}
          draft={draft}
          label={isNote ? t.writeNote : t.writeReply}
          sendLabel={t.send}
          testid={ids.composer}
          sendTestid={ids.send}
          focus={owned !== null || isAdvising}
          attachLabel={isNote ? undefined : t.attach}
          onFiles={(files) => talk.uploads.send(files, owned?.lease)}
          onSend={send}
          onInput={(empty, whole) => {
            text.value = whole
            talk.write(kind, whole)
            if (!isNote) talk.peer.typing.input(empty)
          }}
          aid={{ ...replies.aid, key: (event) => replies.aid.key(event) || format(event) }}
        />
        {!isNote && <OpenPlaces {...replies} />}
        {!isNote && <Buttons {...replies} />}
      </div>
    </div>
  )
}

/**
 * What was begun on another device goes on here, unless something was written here already, or is on its way: what is here is
 * never older than what the conversation has of us.
 */
function adoptDrafts(talk: StaffTalk, view: StaffView): void {
  if (talk.pending.peek().length > 0) return
  for (const kind of writings) {
    const key = draftKey(draftOf(talk.conversation, kind))
    const kept = view.drafts?.find((one) => one.by.id === staffId.peek() && one.kind === kind)
    if (kept !== undefined && recall(key) === null && !talk.hasWritten(kind)) remember(key, kept.text)
  }
}

interface ModesProps {
  readonly noteChosen: Signal<boolean>
  readonly isNote: boolean
  readonly mayReply: boolean
  readonly replies: Replies
}

function Modes({ noteChosen, isNote, mayReply, replies }: ModesProps) {
  const t = words.value
  return (
    <fieldset class="modes" aria-label={t.composerMode}>
      <button type="button" aria-pressed={!isNote} disabled={!mayReply} onClick={() => (noteChosen.value = false)}>
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
      <span class="grow" />
      {marks.map(({ name, key, mark }) => (
        <button
          key={name}
          type="button"
          class={`format ${name}`}
          aria-label={t.formats[name]}
          aria-keyshortcuts={`Control+${key} Meta+${key}`}
          title={t.formats[name]}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => around(mark)}
        >
          {t.formatSigns[name]}
        </button>
      ))}
      {desk.value.replies.length > 0 && (
        <button
          type="button"
          aria-label={replyWords.value.call}
          title={replyWords.value.call}
          data-testid={ids.callReply}
          onClick={replies.call}
        >
          /
        </button>
      )}
    </fieldset>
  )
}

const marks = [
  { name: 'bold', key: 'B', mark: '**' },
  { name: 'italic', key: 'I', mark: '_' },
] as const

function around(mark: string): void {
  const field = composerField()
  if (field !== null) surround(field, mark)
}

/** Cmd or Ctrl with B or I, as everywhere; true: it was that. */
function format(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return false
  const wanted = marks.find(({ key }) => key === event.key.toUpperCase())
  if (wanted === undefined) return false
  event.preventDefault()
  event.stopPropagation()
  around(wanted.mark)
  return true
}

/** How it will be read, where that differs from how it is written. */
function Preview({ text }: { readonly text: Signal<string> }) {
  if (!parseMarkdown(text.value).some(isFormatted)) return null
  return (
    <section class="as-read said" aria-label={words.value.preview} data-testid={ids.preview}>
      <Formatted text={text.value} />
    </section>
  )
}

const isFormatted = (block: Block): boolean =>
  block.type !== 'text' ||
  block.content.some((piece) => (piece.type === 'link' ? piece.text !== piece.to : piece.type !== 'text'))
