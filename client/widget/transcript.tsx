/** The messages of the chat, oldest first, with what is still on its way at the end. */
import { useEffect } from 'preact/hooks'
import type { PublicEntry } from '../../core/protocol/conversation.ts'
import { clockTime } from '../i18n/locale.ts'
import { words } from '../i18n/widget.ts'
import type { Item } from '../net/outbox.ts'
import * as glyph from '../ui/glyph.tsx'
import { Dots } from '../ui/parts.tsx'
import { useLooking, useStick } from '../ui/stick.ts'
import { widgetIds as ids } from '../ui/testids.ts'
import type { ChatTalk } from './chat.ts'
import { shown, tell } from './host.ts'
import { parts as loadedParts } from './later-parts.ts'

export function Transcript({ talk }: { talk: ChatTalk }) {
  const t = words.value
  const entries = talk.entries.value
  const pending = talk.pending.value
  const typing = talk.typing.value
  const files = talk.uploads.items.value.length
  const parts = files > 0 || entries.some(({ body }) => body.type === 'file') ? loadedParts() : null
  // Whatever makes it longer: what was at the end stays there.
  const last = [entries.at(-1)?.seq, pending.length, files, typing !== null, parts !== null].join('.')
  const stick = useStick(entries[0]?.seq, last)
  useReadMarks(talk, stick.atEnd)
  const lastOwn = entries.findLast((entry) => isOwn(entry))
  const offering = pending.length > 0 || talk.view.value?.status === 'closed' ? undefined : offeringIn(entries, lastOwn)
  return (
    <div
      class="wb"
      role="log"
      aria-label={t.transcript}
      tabIndex={0}
      ref={stick.ref}
      onScroll={stick.onScroll}
      data-testid={ids.transcript}
    >
      {talk.hasOlder && (
        <button
          type="button"
          class="btn sm older"
          disabled={talk.loadingOlder.value}
          onClick={() => void talk.loadOlder()}
        >
          {t.older}
        </button>
      )}
      {entries.map((entry) => (
        <Entry
          key={entry.seq}
          entry={entry}
          talk={talk}
          isLastOwn={entry === lastOwn}
          isOffering={entry === offering}
        />
      ))}
      {pending.map((item) => (
        <Pending key={item.id} item={item} talk={talk} />
      ))}
      {parts && <parts.Underway uploads={talk.uploads} sent={entries} />}
      {typing !== null && (
        <p class="wm typing" data-testid={ids.typing}>
          <span class="bub">
            <Dots />
            <span class="sr">{t.typing(typing.name)}</span>
          </span>
        </p>
      )}
    </div>
  )
}

const isOwn = (entry: PublicEntry) =>
  entry.from.role === 'customer' && (entry.body.type === 'message' || entry.body.type === 'file')

/** The message whose answers may still be chosen from: nothing was said to it yet. */
const offeringIn = (entries: readonly PublicEntry[], lastOwn: PublicEntry | undefined) =>
  entries.findLast(
    ({ seq, body }) => body.type === 'message' && body.choices !== undefined && seq > (lastOwn?.seq ?? 0),
  )

interface EntryProps {
  readonly entry: PublicEntry
  readonly talk: ChatTalk
  readonly isLastOwn: boolean
  readonly isOffering: boolean
}

function Entry({ entry, talk, isLastOwn, isOffering }: EntryProps) {
  const own = entry.from.role === 'customer'
  const sent = { 'data-testid': ids.entry, 'data-state': 'sent', 'data-seq': entry.seq, 'data-type': entry.body.type }
  const { body } = entry
  // Told where the words stood.
  if (body.type === 'removal') return null
  if (body.type !== 'message' && body.type !== 'file' && body.type !== 'removed')
    return (
      <p class="say" {...sent}>
        {eventText(body)}
      </p>
    )
  const who = entry.from.role === 'agent' ? entry.from.name : ''
  const Choices = isOffering ? loadedParts()?.Choices : undefined
  return (
    <div class={`wm ${own ? 'me' : ''} ${entry.from.role}`} {...sent}>
      {own && <span class="sr">{words.value.you}</span>}
      <Bubble body={body} talk={talk} />
      <span class="meta">
        {who !== '' && <span>{who}</span>}
        <time dateTime={new Date(entry.at).toISOString()}>{clockTime(entry.at)}</time>
        {isLastOwn && <MarkOf seq={entry.seq} talk={talk} />}
      </span>
      {Choices && <Choices talk={talk} entry={entry} />}
    </div>
  )
}

function Bubble({ body, talk }: { body: Said; talk: ChatTalk }) {
  if (body.type === 'removed') return <div class="bub gone">{words.value.removed}</div>
  if (body.type === 'message') return <Text text={body.text} />
  const parts = loadedParts()
  return <div class="bub">{parts ? <parts.SentFile uploads={talk.uploads} body={body} /> : body.name}</div>
}

/** What light Markdown is made of: its reader is fetched for who has use for it. */
const MARKED = /[*_`[•-]|https?:|\d\.\s/i

function Text({ text }: { text: string }) {
  const Formatted = MARKED.test(text) ? loadedParts()?.Formatted : undefined
  return <div class={Formatted ? 'bub said' : 'bub'}>{Formatted ? <Formatted text={text} /> : text}</div>
}

function MarkOf({ seq, talk }: { seq: number; talk: ChatTalk }) {
  const t = words.value
  const staff = talk.view.value?.marks.staff
  const mark = staff && staff.read >= seq ? 'read' : staff && staff.delivered >= seq ? 'delivered' : 'sent'
  return (
    <span class={`mark ${mark}`} data-testid={ids.marks} data-mark={mark}>
      <glyph.Glyph path={mark === 'sent' ? glyph.check : glyph.checks} /> {t[mark]}
    </span>
  )
}

function Pending({ item, talk }: { item: Item; talk: ChatTalk }) {
  const t = words.value
  const failed = item.state === 'failed'
  const cutOff = talk.peer.link.value !== 'live' && talk.peer.link.value !== 'polling'
  return (
    <div class="wm me" data-testid={ids.entry} data-state={failed ? 'failed' : 'sending'} data-id={item.id}>
      <div class="bub pending">{textOf(item)}</div>
      {failed ? (
        <span class="meta fail" role="alert">
          <glyph.Glyph path={glyph.warn} /> {t.notSent}. {item.refusal && loadedParts()?.faultText(item.refusal)}
          <button type="button" class="btn sm" data-testid={ids.retry} onClick={() => talk.peer.retry(item.id)}>
            {t.retry}
          </button>
        </span>
      ) : (
        <span class="meta">
          <glyph.Glyph path={glyph.clock} /> {cutOff ? t.kept : t.sending}
        </span>
      )}
    </div>
  )
}

function textOf(item: Item): string {
  const { body } = item
  return typeof body === 'object' && body !== null && 'text' in body && typeof body.text === 'string' ? body.text : ''
}

type Said = Extract<PublicEntry['body'], { type: 'message' | 'file' | 'removed' }>

function eventText(body: Exclude<PublicEntry['body'], Said | { type: 'removal' }>): string {
  const t = words.value
  switch (body.type) {
    case 'joined':
      return t.joined(body.name)
    case 'left':
      return t.left(body.name)
    case 'closed':
      return t.closedBy[body.by]
    case 'reopened':
      return t.reopened
    case 'held':
      return t.held
    case 'resumed':
      return t.resumed
    case 'erased':
      return t.erased
  }
}

/** Read is what was at the end of an open window that somebody looks at; the page learns of the rest. */
function useReadMarks(talk: ChatTalk, atEnd: boolean): void {
  const looking = useLooking(false)
  const head = talk.head.value
  const seen = shown.value && looking && atEnd
  const read = talk.view.value?.marks.customer.read ?? 0
  const unread = talk.entries.value.filter((entry) => entry.seq > read && entry.from.role === 'agent').length
  useEffect(() => talk.mark(seen), [talk, head, seen])
  useEffect(() => tell({ parley: 'unread', count: shown.value ? 0 : unread }), [unread, shown.value])
}
