/** Canned replies in the composer: called by a sign at the beginning of a word, chosen by the keys, filled in and inserted. */
import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { fillIn, type Place } from '../../../core/text/variables.ts'
import { locale } from '../../i18n/locale.ts'
import { replyWords } from '../../i18n/replies.ts'
import type { ComposerAid } from '../../ui/composer.tsx'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { desk } from '../desk.ts'
import type { StaffTalk } from '../work.ts'
import { type Call, callAt, type Reply, repliesFor } from './matching.ts'
import { openPlaces, valuesFor } from './values.ts'
import './replies.css'

const LIST = 'replies'
const optionId = (n: number) => `reply-${n}`

export interface Replies {
  readonly aid: ComposerAid
  /** What is offered now; empty: no list. */
  readonly offered: ReadonlySignal<readonly Reply[]>
  readonly chosen: ReadonlySignal<number>
  readonly values: Readonly<Record<string, string>>
  /** The places of the draft without a value. */
  readonly open: ReadonlySignal<readonly Place[]>
  /** Somebody tried to send it with these. */
  readonly refused: ReadonlySignal<boolean>
  take(reply: Reply): void
  /** As if the sign were typed. */
  call(): void
}

/** `strict`: nothing goes out that still has open places. */
export function useReplies(talk: StaffTalk, view: StaffView, { strict }: { readonly strict: boolean }): Replies {
  const called = useSignal<Call | null>(null)
  const chosen = useSignal(0)
  const open = useSignal<readonly Place[]>([])
  const refused = useSignal(false)
  /** Where the list was sent away: it stays away until another one is called. */
  const dismissed = useSignal<number | null>(null)
  const { queue } = view
  const values = valuesFor(talk, view)
  const offered = useComputed(() => {
    const { query, from } = called.value ?? {}
    if (query === undefined || from === dismissed.value) return none
    return repliesFor(desk.value.replies, { query, queue: talk.view.value?.queue ?? queue, language: locale.value })
  })
  const leave = () => {
    called.value = null
  }
  const moved = (field: HTMLTextAreaElement) => {
    const { value, selectionStart, selectionEnd } = field
    const now = selectionStart === selectionEnd ? callAt(value, selectionEnd) : null
    const before = called.peek()
    if (now?.from !== before?.from || now?.query !== before?.query) chosen.value = 0
    if (now?.from !== dismissed.peek()) dismissed.value = null
    called.value = now
    open.value = openPlaces(value)
    if (open.peek().length === 0) refused.value = false
  }
  const take = (reply: Reply) => {
    const field = fieldOf()
    const at = called.peek()
    if (field === null || at === null) return
    insert(field, at, fillIn(reply.text, values))
    select(
      field,
      openPlaces(field.value).find(({ from }) => from >= at.from),
    )
  }
  const key = (event: KeyboardEvent): boolean => {
    const count = offered.peek().length
    if (count === 0 || event.isComposing || event.keyCode === 229) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const reply = offered.peek()[chosen.peek()]
    if (step !== undefined) chosen.value = (chosen.peek() + step + count) % count
    else if (event.key === 'Escape') dismissed.value = called.peek()?.from ?? null
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && reply !== undefined) take(reply)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  const mayGo = (text: string): boolean => {
    const [first] = strict ? openPlaces(text) : []
    refused.value = first !== undefined
    if (first !== undefined) select(fieldOf(), first)
    return first === undefined
  }
  // A field of several lines is no combobox to HTML; as a textbox it says the same, but for being expanded.
  const attributes: ComposerAid['attributes'] = {
    'aria-autocomplete': 'list',
    ...(offered.value.length > 0 && {
      'aria-haspopup': 'listbox',
      'aria-controls': LIST,
      'aria-activedescendant': optionId(chosen.value),
    }),
  }
  useEffect(() => {
    // Another draft, or one from before a reload.
    open.value = openPlaces(fieldOf()?.value ?? '')
    refused.value = false
  }, [strict])
  const call = () => {
    const field = fieldOf()
    if (field === null) return
    const { value, selectionStart: from, selectionEnd: to } = field
    dismissed.value = null
    insert(field, { from, to }, /(?:^|\s)$/.test(value.slice(0, from)) ? '/' : ' /')
  }
  return { aid: { attributes, moved, key, mayGo, left: leave }, offered, chosen, values, open, refused, take, call }
}

const none: readonly Reply[] = []
const fieldOf = () => document.querySelector<HTMLTextAreaElement>(`[data-testid="${ids.composer}"]`)

/** As typed, so that it can be undone and the composer hears of it; there is no other way to write into a field's history. */
function insert(field: HTMLTextAreaElement, { from, to }: Pick<Call, 'from' | 'to'>, text: string): void {
  field.focus()
  field.setSelectionRange(from, to)
  document.execCommand('insertText', false, text)
}

function select(field: HTMLTextAreaElement | null, place: Place | undefined): void {
  if (field === null || place === undefined) return
  field.focus()
  field.setSelectionRange(place.from, place.to)
}

/** Above the composer's field, which keeps the focus. */
export function ReplyList({ offered, chosen, values, take }: Replies) {
  const t = replyWords.value
  const at = chosen.value
  useEffect(() => document.getElementById(optionId(at))?.scrollIntoView({ block: 'nearest' }), [at])
  const rows = offered.value
  return (
    <>
      <p class="sr" role="status">
        {rows.length > 0 && t.found(rows.length)}
      </p>
      {rows.length > 0 && (
        <div class="replies pop" id={LIST} role="listbox" aria-label={t.list} data-testid={ids.replies}>
          {rows.map((reply, n) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen option.
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field takes the chosen option.
            <div
              key={reply.id}
              class="reply"
              role="option"
              id={optionId(n)}
              aria-selected={n === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(reply)}
            >
              <span class="row">
                <b class="trunc">{reply.shortcut}</b>
                {reply.language !== undefined && <span class="pill">{reply.language}</span>}
              </span>
              <span class="words">
                <Filled text={fillIn(reply.text, values)} />
              </span>
            </div>
          ))}
        </div>
      )}
    </>
  )
}

/** What has no value stands out. */
function Filled({ text }: { readonly text: string }) {
  const places = openPlaces(text)
  const ends = [0, ...places.map(({ to }) => to)]
  return (
    <>
      {ends.map((from, n) => {
        const place = places[n]
        return (
          <span key={from}>
            {text.slice(from, place?.from)}
            {place !== undefined && <mark>{text.slice(place.from, place.to)}</mark>}
          </span>
        )
      })}
    </>
  )
}

/** Under the draft: what it still names. */
export function OpenPlaces({ open, refused }: Replies) {
  const t = replyWords.value
  const names = [...new Set(open.value.map(({ name }) => name))]
  return (
    <p class="missing" role="status" data-testid={ids.missing}>
      {names.length > 0 && (
        <>
          <Icon name="warn" /> {refused.value && `${t.fillFirst} `}
          {t.missing(names.join(', '))}
        </>
      )}
    </p>
  )
}
