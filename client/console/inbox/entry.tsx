/** One entry as staff read it: what somebody said, a private note, or what happened; and what is still on its way. */
import { hasWords, removedFrom } from '../../../core/conversation/words.ts'
import type { StaffEntry, StaffFrom } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { faultText } from '../../i18n/faults.ts'
import { clockTime } from '../../i18n/locale.ts'
import { removalWords } from '../../i18n/removal.ts'
import type { Item } from '../../net/outbox.ts'
import { SentFile } from '../../ui/files.tsx'
import { Formatted } from '../../ui/formatted.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { hashOf } from '../address.ts'
import { now } from '../clock.ts'
import { Ask, waitOf } from '../offline/ask.tsx'
import { agentName, type StaffTalk, staffId } from '../work.ts'
import { eventText } from './events.ts'
import type { Gaps } from './gaps.ts'
import { type More, MoreButton } from './message-menu.tsx'
import { Origin } from './origin.tsx'
import { takeBack } from './taking-back.ts'

export const isSaid = ({ body }: StaffEntry) => body.type === 'message' || body.type === 'file'

/** It says nothing but what is kept for other roles. */
const isBlank = (body: StaffEntry['body']) =>
  (body.type === 'described' && Object.keys(body.attributes).length === 0) ||
  (body.type === 'introduced' && Object.keys(body.fields).length === 0)

interface EntryProps {
  readonly seq: number
  readonly gaps: Gaps
  readonly talk: StaffTalk
  /** The last of what was said to the customer. */
  readonly lastOut: number | undefined
  readonly isFound: boolean
  /** It goes on in another conversation. */
  readonly isMoved: boolean
  readonly more: More | null
  /** Tab stops at its menu. */
  readonly isStop: boolean
}

export function Entry({ gaps, ...props }: EntryProps) {
  const entry = gaps.bySeq.value.get(props.seq)
  // A place for what is on its way, of about its height.
  if (entry === undefined) return <div class="m in blank" aria-hidden="true" />
  return <Here entry={entry} {...props} />
}

function Here({
  entry,
  talk,
  lastOut,
  isFound,
  isMoved,
  more,
  isStop,
}: Omit<EntryProps, 'gaps'> & { readonly entry: StaffEntry }) {
  const { body, from, seq, at } = entry
  const isLastOut = seq === lastOut
  const look = isFound ? 'found' : ''
  const data = { 'data-testid': ids.entry, 'data-state': 'sent', 'data-seq': seq, 'data-type': body.type }
  const time = <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
  // Told where the words stood; nothing but attributes of other roles.
  if (body.type === 'removal' || isBlank(body)) return null
  const isNote = body.type === 'note' || (body.type === 'removed' && entry.pub === null)
  if (isNote)
    return (
      <div class={`note ${look}`} {...data}>
        <p class="top">
          <Icon name="lock" /> <b>{nameOf(from)}</b> · {words.value.privateNote} · {time}
          {body.type === 'note' &&
            body.mentions?.map(({ id, name }) => (
              <span key={id} class={`pill ${id === staffId.value ? 'accent' : ''}`}>
                @{agentName(id, name)}
              </span>
            ))}
          {more?.mayRemove && body.type === 'note' && <MoreButton entry={entry} more={more} isStop={isStop} />}
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
      <p class={`ev ${entry.pub === null ? 'private' : ''} ${look}`} {...data}>
        {body.type === 'split' ? (
          <a href={hashOf({ at: 'inbox', conversation: body.into })}>{eventText(body)}</a>
        ) : (
          eventText(body)
        )}{' '}
        · {time}
        <Gone body={body} />
        {more?.mayRemove && hasWords(body) && <MoreButton entry={entry} more={more} isStop={isStop} />}
      </p>
    )
  const incoming = from.role === 'customer'
  return (
    <div class={`m ${incoming ? 'in' : 'out'} ${isMoved ? 'moved' : ''} ${look}`} {...data}>
      {incoming && <Avatar name={from.name} />}
      <div class="b">
        <Said body={body} talk={talk} />
        <p class="meta">
          {from.role !== 'customer' && <span>{nameOf(from)}</span>}
          {time}
          {isLastOut && entry.pub !== null && <MarkOf pub={entry.pub} talk={talk} />}
          {more !== null && body.type !== 'removed' && <MoreButton entry={entry} more={more} isStop={isStop} />}
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
        <>
          <div class="bub said">
            <Formatted text={body.text} />
          </div>
          {body.choices !== undefined && (
            <p class="offered" data-testid={ids.offered}>
              {body.choices.map(({ id, label }) => (
                <span key={id} class="pill">
                  {label}
                </span>
              ))}
            </p>
          )}
        </>
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

export function nameOf(from: StaffFrom): string {
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

export function Pending({ item, talk }: { item: Item; talk: StaffTalk }) {
  const t = words.value
  const failed = item.state === 'failed'
  const wait = waitOf(item, talk)
  const text = textOf(item)
  const held = item.notBefore === undefined || item.sent ? 0 : item.notBefore - now()
  const owner = talk.view.value?.owner
  // Under the lease that holds now: the old one is why it failed, more often than not.
  const again =
    item.name === 'post' && owner?.agent === staffId.value
      ? { ...Object(item.body), text, lease: owner.lease }
      : item.body
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
        ) : wait === 'asked' ? (
          <Ask item={item} talk={talk} text={text} />
        ) : held > 0 ? (
          <p class="meta">
            <Icon name="clock" /> <span class="num">{t.sentIn(Math.ceil(held / 1000))}</span>
            <button type="button" class="btn sm" data-testid={ids.takeBack} onClick={() => takeBack(talk, item, text)}>
              <Icon name="undo" /> {t.takeBack}
            </button>
          </p>
        ) : (
          <p class="meta">
            <Icon name="clock" /> {t[wait]}
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
