/** What a sign at the beginning of a word calls for in the composer: canned replies, in notes colleagues; chosen by the keys, and inserted. */
import { type ReadonlySignal, type Signal, useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { OfferedChoices } from '../../../core/protocol/choices.ts'
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { fillIn, type Place } from '../../../core/text/variables.ts'
import { locale } from '../../i18n/locale.ts'
import { replyWords } from '../../i18n/replies.ts'
import type { ComposerAid } from '../../ui/composer.tsx'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { desk } from '../desk.ts'
import type { StaffTalk } from '../work.ts'
import { composerField, insert } from './field.ts'
import { type Call, callAt, repliesFor } from './matching.ts'
import { namingAt, type Person, peopleFor } from './mentions.ts'
import { openPlaces, valuesFor } from './values.ts'
import './replies.css'

const LIST = 'replies'
const optionId = (n: number) => `reply-${n}`

/** What is offered: a canned reply, or a colleague, who has no words. */
interface Option {
  readonly id: string
  readonly label: string
  readonly language?: string | undefined
  readonly words?: string
  readonly choices?: OfferedChoices | undefined
  readonly inserted: string
}

export interface Replies {
  readonly aid: ComposerAid
  /** What is offered now; empty: no list. */
  readonly offered: ReadonlySignal<readonly Option[]>
  readonly chosen: ReadonlySignal<number>
  /** The places of the draft without a value. */
  readonly open: ReadonlySignal<readonly Place[]>
  /** Somebody tried to send it with these. */
  readonly refused: ReadonlySignal<boolean>
  /** The buttons of the reply that the draft was made of. */
  readonly buttons: Signal<OfferedChoices>
  take(option: Option): void
  /** As if the sign were typed. */
  call(): void
}

interface Wishes {
  /** Nothing goes out that still has open places. */
  readonly strict: boolean
  /** Who can be named by `@`. */
  readonly people: readonly Person[]
}

export function useReplies(talk: StaffTalk, view: StaffView, { strict, people }: Wishes): Replies {
  const naming = useSignal<Call | null>(null)
  const called = useSignal<Call | null>(null)
  const chosen = useSignal(0)
  const open = useSignal<readonly Place[]>([])
  const refused = useSignal(false)
  const buttons = useSignal<OfferedChoices>([])
  /** Where the list was sent away: it stays away until another one is called. */
  const dismissed = useSignal<number | null>(null)
  const { queue } = view
  const values = valuesFor(talk, view)
  const known = useSignal(people)
  known.value = people
  const offered = useComputed<readonly Option[]>(() => {
    const { query, from } = called.value ?? naming.value ?? {}
    if (query === undefined || from === dismissed.value) return none
    if (called.value === null)
      return peopleFor(known.value, query).map(({ id, name }) => ({ id, label: name, inserted: `@${name} ` }))
    const wanted = { query, queue: talk.view.value?.queue ?? queue, language: locale.value }
    return repliesFor(desk.value.replies, wanted).map(({ id, shortcut, language, text, choices }) => {
      const filled = fillIn(text, values)
      return { id, label: shortcut, language, words: filled, choices, inserted: filled }
    })
  })
  const leave = () => {
    called.value = naming.value = null
  }
  const moved = (field: HTMLTextAreaElement) => {
    const { value, selectionStart, selectionEnd } = field
    const isCaret = selectionStart === selectionEnd
    const call = isCaret ? callAt(value, selectionEnd) : null
    const name = isCaret && people.length > 0 ? namingAt(value, selectionEnd) : null
    const now = call ?? name
    const before = called.peek() ?? naming.peek()
    if (now?.from !== before?.from || now?.query !== before?.query) chosen.value = 0
    if (now?.from !== dismissed.peek()) dismissed.value = null
    called.value = call
    naming.value = name
    open.value = openPlaces(value)
    if (value.trim() === '') buttons.value = []
    if (open.peek().length === 0) refused.value = false
  }
  const take = ({ inserted, choices }: Option) => {
    const field = composerField()
    const at = called.peek() ?? naming.peek()
    if (field === null || at === null) return
    insert(field, at, inserted)
    buttons.value = choices ?? buttons.peek()
    select(
      field,
      openPlaces(field.value).find(({ from }) => from >= at.from),
    )
  }
  const key = (event: KeyboardEvent): boolean => {
    const count = offered.peek().length
    if (count === 0 || event.isComposing || event.keyCode === 229) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const option = offered.peek()[chosen.peek()]
    if (step !== undefined) chosen.value = (chosen.peek() + step + count) % count
    else if (event.key === 'Escape') dismissed.value = (called.peek() ?? naming.peek())?.from ?? null
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && option !== undefined) take(option)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  const mayGo = (text: string): boolean => {
    const [first] = strict ? openPlaces(text) : []
    refused.value = first !== undefined
    if (first !== undefined) select(composerField(), first)
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
    open.value = openPlaces(composerField()?.value ?? '')
    refused.value = false
  }, [strict])
  const call = () => {
    const field = composerField()
    if (field === null) return
    const { value, selectionStart: from, selectionEnd: to } = field
    dismissed.value = null
    insert(field, { from, to }, /(?:^|\s)$/.test(value.slice(0, from)) ? '/' : ' /')
  }
  const aid = { attributes, moved, key, mayGo, left: leave }
  return { aid, offered, chosen, open, refused, buttons, take, call }
}

const none: readonly Option[] = []
function select(field: HTMLTextAreaElement | null, place: Place | undefined): void {
  if (field === null || place === undefined) return
  field.focus()
  field.setSelectionRange(place.from, place.to)
}

/** Above the composer's field, which keeps the focus. */
export function ReplyList({ offered, chosen, take }: Replies) {
  const t = replyWords.value
  const at = chosen.value
  useEffect(() => document.getElementById(optionId(at))?.scrollIntoView({ block: 'nearest' }), [at])
  const rows = offered.value
  return (
    <>
      <p class="sr" role="status">
        {rows.length > 0 && (rows[0]?.words === undefined ? t.people : t.found)(rows.length)}
      </p>
      {rows.length > 0 && (
        <div class="replies pop" id={LIST} role="listbox" aria-label={t.list} data-testid={ids.replies}>
          {rows.map((option, n) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen option.
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field takes the chosen option.
            <div
              key={option.id}
              class="reply"
              role="option"
              id={optionId(n)}
              aria-selected={n === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(option)}
            >
              <span class="row">
                <b class="trunc">{option.label}</b>
                {option.language !== undefined && <span class="pill">{option.language}</span>}
              </span>
              {option.words !== undefined && (
                <span class="words">
                  <Filled text={option.words} />
                </span>
              )}
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
