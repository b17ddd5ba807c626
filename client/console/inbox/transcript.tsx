/** The transcript as staff read it: both sides, private notes, and what happened on the way. */
import { useEffect } from 'preact/hooks'
import { hasWords, removedFrom } from '../../../core/conversation/words.ts'
import type { StaffEntry, StaffFrom } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { faultText } from '../../i18n/faults.ts'
import { clockTime } from '../../i18n/locale.ts'
import { removalWords } from '../../i18n/removal.ts'
import type { Item } from '../../net/outbox.ts'
import { SentFile, Underway } from '../../ui/files.tsx'
import { Formatted } from '../../ui/formatted.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Avatar, Dots } from '../../ui/parts.tsx'
import { useLooking, useStick } from '../../ui/stick.ts'
import { consoleIds as ids } from '../../ui/testids.ts'
import { now } from '../clock.ts'
import { hashOf } from '../place.ts'
import { type StaffTalk, staffId, writerOf } from '../work.ts'
import { eventText } from './events.ts'
import { MessageMenu, type More, MoreButton, useMore } from './message-menu.tsx'
import { Origin } from './origin.tsx'
import { takeBack } from './taking-back.ts'
import './transcript.css'

export function Transcript({ talk }: { talk: StaffTalk }) {
  const t = words.value
  const entries = talk.entries.value
  const pending = talk.pending.value
  const typing = writerOf(talk)
  const files = talk.uploads.items.value.length
  const stick = useStick(entries[0]?.seq, `${entries.at(-1)?.seq}.${pending.length}.${files}.${typing}`)
  useReadMarks(talk, stick.atEnd)
  const more = useMore(talk, entries)
  const moved = entries.flatMap(({ body }) => (body.type === 'split' ? [body] : []))
  const lastOut = entries.findLast((entry) => isSaid(entry) && entry.from.role === 'agent')
  return (
    <>
      <div
        class="log"
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
            isLastOut={entry === lastOut}
            isMoved={moved.some(({ first, last }) => entry.seq >= first && entry.seq <= last)}
            more={more}
          />
        ))}
        {pending.map((item) => (
          <Pending key={item.id} item={item} talk={talk} />
        ))}
        <Underway uploads={talk.uploads} sent={entries} lease={talk.view.value?.owner?.lease} />
        {typing !== null && (
          <div class="m in" aria-hidden="true">
            <span class="bub">
              <Dots />
            </span>
          </div>
        )}
      </div>
      {more !== null && <MessageMenu talk={talk} more={more} />}
    </>
  )
}

const isSaid = ({ body }: StaffEntry) => body.type === 'message' || body.type === 'file'

/** It says nothing but what is kept for other roles. */
const isBlank = (body: StaffEntry['body']) =>
  (body.type === 'described' && Object.keys(body.attributes).length === 0) ||
  (body.type === 'introduced' && Object.keys(body.fields).length === 0)

interface EntryProps {
  readonly entry: StaffEntry
  readonly talk: StaffTalk
  readonly isLastOut: boolean
  /** It goes on in another conversation. */
  readonly isMoved: boolean
  readonly more: More | null
}

function Entry({ entry, talk, isLastOut, isMoved, more }: EntryProps) {
  const { body, from, seq, at } = entry
  const data = { 'data-testid': ids.entry, 'data-state': 'sent', 'data-seq': seq, 'data-type': body.type }
  const time = <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
  // Told where the words stood; nothing but attributes of other roles.
  if (body.type === 'removal' || isBlank(body)) return null
  const isNote = body.type === 'note' || (body.type === 'removed' && entry.pub === null)
  if (isNote)
    return (
      <div class="note" {...data}>
        <p class="top">
          <Icon name="lock" /> <b>{nameOf(from)}</b> · {words.value.privateNote} · {time}
          {more?.mayRemove && body.type === 'note' && <MoreButton entry={entry} more={more} />}
        </p>
        <Said body={body} talk={talk} />
      </div>
    )
  if (body.type === 'split-from')
    return (
      <div {...data}>
        <Origin conversation={talk.conversation} origin={body.conversation} />
      </div>
    )
  if (body.type !== 'message' && body.type !== 'file' && body.type !== 'removed')
    return (
      <p class={`ev ${entry.pub === null ? 'private' : ''}`} {...data}>
        {body.type === 'split' ? (
          <a href={hashOf({ at: 'inbox', conversation: body.into })}>{eventText(body)}</a>
        ) : (
          eventText(body)
        )}{' '}
        · {time}
        <Gone body={body} />
        {more?.mayRemove && hasWords(body) && <MoreButton entry={entry} more={more} />}
      </p>
    )
  const incoming = from.role === 'customer'
  return (
    <div class={`m ${incoming ? 'in' : 'out'} ${isMoved ? 'moved' : ''}`} {...data}>
      {incoming && <Avatar name={from.name} />}
      <div class="b">
        <Said body={body} talk={talk} />
        <p class="meta">
          {from.role !== 'customer' && <span>{nameOf(from)}</span>}
          {time}
          {isLastOut && entry.pub !== null && <MarkOf pub={entry.pub} talk={talk} />}
          {more !== null && body.type !== 'removed' && <MoreButton entry={entry} more={more} />}
        </p>
      </div>
    </div>
  )
}

/** The words, the file, or who took them away. */
function Said({ body, talk }: { body: StaffEntry['body']; talk: StaffTalk }) {
  switch (body.type) {
    case 'message':
      return (
        <div class="bub said">
          <Formatted text={body.text} />
        </div>
      )
    case 'note':
      return (
        <div class="said">
          <Formatted text={body.text} />
        </div>
      )
    case 'file':
      return (
        <div class="bub">
          <SentFile uploads={talk.uploads} body={body} />
        </div>
      )
    case 'removed':
      return (
        <p class="bub gone">
          <Gone body={body} />
        </p>
      )
    default:
      return null
  }
}

/** Who took the words away that stood here. */
function Gone({ body }: { body: StaffEntry['body'] }) {
  const t = removalWords.value
  const how = removedFrom(body)
  if (how === null) return null
  const text = t.removedBy(how.by.name, t.reasons[how.why])
  return <span>{body.type === 'removed' ? text : ` · ${text}`}</span>
}

function nameOf(from: StaffFrom): string {
  if (from.role === 'system') return 'Parley'
  return from.role === 'agent' && from.id === staffId.value ? words.value.you : from.name
}

function MarkOf({ pub, talk }: { pub: number; talk: StaffTalk }) {
  const t = words.value
  const theirs = talk.view.value?.marks.customer
  const mark = theirs && theirs.read >= pub ? 'read' : theirs && theirs.delivered >= pub ? 'delivered' : 'sent'
  return (
    <span class={`mark ${mark}`} data-testid={ids.marks} data-mark={mark}>
      <Icon name={mark === 'sent' ? 'check' : 'checks'} /> {t[mark]}
    </span>
  )
}

function Pending({ item, talk }: { item: Item; talk: StaffTalk }) {
  const t = words.value
  const failed = item.state === 'failed'
  const link = talk.peer.link.value
  const text = textOf(item)
  const held = item.notBefore === undefined || item.sent ? 0 : item.notBefore - now()
  const owner = talk.view.value?.owner
  // Under the lease that holds now: the old one is why it failed, more often than not.
  const again = item.name === 'post' && owner?.agent === staffId.value ? { text, lease: owner.lease } : item.body
  const data = { 'data-testid': ids.entry, 'data-state': failed ? 'failed' : 'sending', 'data-id': item.id }
  return (
    <div class={item.name === 'note' ? 'note' : 'm out'} {...data}>
      <div class="b">
        <div class={item.name === 'note' ? 'said' : 'bub said'}>
          <Formatted text={text} />
        </div>
        {failed ? (
          <p class="meta fail" role="alert">
            <Icon name="warn" /> {t.notSent}. {item.refusal && faultText(item.refusal)}
            <button
              type="button"
              class="btn sm"
              data-testid={ids.retry}
              onClick={() => talk.peer.retry(item.id, again)}
            >
              {t.retry}
            </button>
            <button type="button" class="btn sm" onClick={() => talk.peer.remove(item.id)}>
              {t.discard}
            </button>
          </p>
        ) : held > 0 ? (
          <p class="meta">
            <Icon name="clock" /> <span class="num">{t.sentIn(Math.ceil(held / 1000))}</span>
            <button type="button" class="btn sm" data-testid={ids.takeBack} onClick={() => takeBack(talk, item, text)}>
              <Icon name="undo" /> {t.takeBack}
            </button>
          </p>
        ) : (
          <p class="meta">
            <Icon name="clock" /> {link === 'live' || link === 'polling' ? t.sending : t.kept}
          </p>
        )}
      </div>
    </div>
  )
}

function textOf(item: Item): string {
  const { body } = item
  return typeof body === 'object' && body !== null && 'text' in body && typeof body.text === 'string' ? body.text : ''
}

/** Only the owner reads on behalf of the company; who looks over the shoulder leaves no mark. */
function useReadMarks(talk: StaffTalk, atEnd: boolean): void {
  const looking = useLooking(true)
  const head = talk.head.value
  const owns = talk.view.value?.owner?.agent === staffId.value
  useEffect(() => {
    if (owns) talk.mark(looking && atEnd)
  }, [talk, head, owns, looking, atEnd])
}
