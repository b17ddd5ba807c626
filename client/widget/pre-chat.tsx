/** What is asked before the first word. What was typed survives a reload; what was sent goes out when the line is back. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { AttributeValue, Details } from '../../core/protocol/conversation.ts'
import type { AskedField } from '../../core/protocol/widget.ts'
import { wordsFor } from '../../core/widget/look.ts'
import { type Unfit, unfit } from '../../core/widget/pre-chat.ts'
import { faultText } from '../i18n/faults.ts'
import { preChatWords } from '../i18n/pre-chat.ts'
import { words } from '../i18n/widget.ts'
import { recall, remember } from '../net/browser.ts'
import type { Item } from '../net/outbox.ts'
import { draftKey } from '../ui/draft.ts'
import { widgetIds as ids } from '../ui/testids.ts'
import type { ChatTalk } from './chat.ts'
import { shown } from './host.ts'
import { reader } from './look.ts'

/** As it stands in the form: every value but a tick as text. */
type Typed = Readonly<Record<string, string | boolean>>

/** The fields that are asked for, wherever they stand; what is in them is kept over a reload. */
export function useAsking(talk: ChatTalk, ask: readonly AskedField[]) {
  const draft = draftKey(`w.${talk.conversation}.ask`)
  const typed = useSignal<Typed>(read(draft))
  const wrong = useSignal<Readonly<Record<string, Unfit>>>({})
  const sent = talk.peer.items.value.find(({ name }) => name === 'introduce')
  const isOn = sent?.state === 'waiting'
  const cutOff = talk.peer.link.value !== 'live' && talk.peer.link.value !== 'polling'
  const set = (field: string, value: string | boolean) => {
    typed.value = { ...typed.value, [field]: value }
    remember(draft, JSON.stringify(typed.value))
  }
  /** Says it, with `also`, and whether it was taken. Where something does not fit nothing is sent, and that field gets the focus. */
  const tell = async (form: HTMLFormElement | null, also: Details = {}): Promise<boolean> => {
    if (isOn) return false
    const fields = answersOf(ask, typed.value)
    const found = ask.flatMap((one) => {
      const why = unfit(one, fields[one.field])
      return why === null ? [] : [[one.field, why] as const]
    })
    wrong.value = Object.fromEntries(found)
    const [first] = found
    if (first !== undefined) {
      form?.querySelector<HTMLElement>(`[name="${CSS.escape(first[0])}"]`)?.focus()
      return false
    }
    if (sent !== undefined) talk.peer.remove(sent.id)
    const answer = await talk.peer.command('introduce', { fields: { ...fields, ...also } }, { words: true })
    if (!answer.ok) return false
    remember(draft, null)
    // What came before the answers was refused for lack of them.
    for (const item of talk.pending.peek())
      if (item.state === 'failed' && item.refusal?.field?.startsWith('fields.')) talk.peer.retry(item.id)
    return true
  }
  const fields = ask.map((one) => (
    <Asked
      key={one.field}
      of={one}
      value={typed.value[one.field]}
      wrong={wrong.value[one.field] ?? refusedBy(sent, one)}
      set={(value) => set(one.field, value)}
    />
  ))
  const refusal = sent?.state === 'failed' && sent.refusal ? faultText(sent.refusal) : ''
  return { fields, isOn, tell, said: isOn ? (cutOff ? words.value.kept : words.value.sending) : refusal }
}

export function PreChat({ talk, ask }: { talk: ChatTalk; ask: readonly AskedField[] }) {
  const t = preChatWords.value
  const form = useRef<HTMLFormElement>(null)
  const { fields, isOn, tell, said } = useAsking(talk, ask)
  useEffect(() => {
    if (shown.value) form.current?.querySelector<HTMLElement>('input, select')?.focus()
  }, [talk, shown.value])
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void tell(form.current)
  }
  return (
    <div class="wb">
      <form class="ask-first" ref={form} noValidate onSubmit={submit} data-testid={ids.preChat}>
        <p class="lead">{t.askLead}</p>
        {fields}
        <button type="submit" class="btn primary" aria-disabled={isOn}>
          {t.askSend}
        </button>
        <p class="trouble" role="status">
          {said}
        </p>
      </form>
    </div>
  )
}

interface AskedProps {
  readonly of: AskedField
  readonly value: string | boolean | undefined
  readonly wrong: Unfit | undefined
  set(value: string | boolean): void
}

function Asked({ of, value, wrong, set }: AskedProps) {
  const t = preChatWords.value
  const { field, kind, required, values = [] } = of
  const id = `ask-${field}`
  const own = field === 'name' || field === 'email' || field === 'phone' ? t.ask[field] : (of.name ?? field)
  const label = wordsFor(of.label, reader.value) ?? own
  const ties = {
    id,
    name: field,
    'aria-required': required,
    ...(wrong === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` }),
  }
  const text = { ...ties, class: 'input', value: typeof value === 'string' ? value : '' }
  const onInput = (event: { currentTarget: { value: string } }) => set(event.currentTarget.value)
  const fault = wrong !== undefined && (
    <span class="err" id={`${id}-wrong`}>
      {t.unfit[wrong]}
    </span>
  )
  if (kind === 'boolean')
    return (
      <div class="field">
        <label class="tick">
          <input {...ties} type="checkbox" checked={value === true} onChange={(e) => set(e.currentTarget.checked)} />{' '}
          <Label text={label} required={required} />
        </label>
        {fault}
      </div>
    )
  return (
    <div class="field">
      <label for={id}>
        <Label text={label} required={required} />
      </label>
      {kind === 'list' ? (
        <select {...text} onChange={onInput}>
          <option value="" />
          {values.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ) : (
        <input {...text} {...(inputs[kind] ?? {})} maxLength={kind === 'text' ? 500 : 200} onInput={onInput} />
      )}
      {fault}
    </div>
  )
}

function Label({ text, required }: { text: string; required: boolean }) {
  return (
    <span>
      {text} {!required && <span class="opt">{preChatWords.value.askOptional}</span>}
    </span>
  )
}

/** How browsers help with each kind. */
const inputs: Partial<Record<AskedField['kind'], object>> = {
  name: { autocomplete: 'name' },
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
  number: { type: 'number', step: 'any' },
  date: { type: 'date' },
}

/** What was left empty is no answer; a tick that was not set is one. */
function answersOf(ask: readonly AskedField[], typed: Typed): Details {
  const answers: Record<string, AttributeValue> = {}
  for (const { field, kind } of ask) {
    const value = typed[field]
    const text = typeof value === 'string' ? value.trim() : ''
    if (kind === 'boolean') answers[field] = value === true
    else if (text !== '') answers[field] = kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text
  }
  return answers
}

/** The server names the field that it would not take. */
const refusedBy = (sent: Item | undefined, { field, kind }: AskedField): Unfit | undefined =>
  sent?.state === 'failed' && sent.refusal?.field === `fields.${field}` ? kind : undefined

function read(draft: string): Typed {
  try {
    const found: unknown = JSON.parse(recall(draft) ?? '{}')
    const known = typeof found === 'object' && found !== null ? Object.entries(found) : []
    return Object.fromEntries(known.filter(([, value]) => typeof value === 'string' || typeof value === 'boolean'))
  } catch {
    return {}
  }
}
