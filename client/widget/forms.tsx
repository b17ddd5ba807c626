/** What a customer fills in: a message outside opening hours, and what they think of a talk that is over. */
import { useSignal } from '@preact/signals'
import type { PublicView } from '../../core/protocol/conversation.ts'
import type { AskedField } from '../../core/protocol/widget.ts'
import { formWords } from '../i18n/chat-forms.ts'
import { faultText } from '../i18n/faults.ts'
import { dateTime } from '../i18n/locale.ts'
import { widgetIds as ids } from '../ui/testids.ts'
import type { ChatTalk } from './chat.ts'
import { look } from './look.ts'
import { useAsking } from './pre-chat.tsx'

const stars = [1, 2, 3, 4, 5]

export function Rate({ talk, rate }: { talk: ChatTalk; rate: NonNullable<PublicView['rate']> }) {
  const t = formWords.value
  const trouble = useSignal('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const data = new FormData(event.currentTarget)
    const body = { rating: Number(data.get('rating')), comment: String(data.get('comment') ?? '') }
    const answer = await talk.peer.command('rate', body)
    trouble.value = answer.ok ? '' : faultText(answer.error)
  }
  return (
    <form class="rate" onSubmit={(event) => void submit(event)} data-testid={ids.rate}>
      <fieldset>
        <legend>{rate.rating === null ? t.rate : t.rated}</legend>
        {stars.map((n) => (
          <label key={n} class="tick">
            <input type="radio" name="rating" value={n} required defaultChecked={rate.rating?.rating === n} /> {n}
          </label>
        ))}
      </fieldset>
      <textarea
        class="input"
        name="comment"
        rows={2}
        maxLength={2_000}
        aria-label={t.rateComment}
        placeholder={t.rateComment}
        defaultValue={rate.rating?.comment ?? ''}
      />
      <button type="submit" class="btn primary">
        {t.rateSend}
      </button>
      <span role="status">{trouble.value}</span>
    </form>
  )
}

/** The plan offers it to who waits. */
export function MessageInstead({ talk }: { talk: ChatTalk }) {
  const t = formWords.value
  const asked = useSignal(false)
  if (asked.value) return <LeaveMessage talk={talk} />
  return (
    <button type="button" class="btn sm" data-testid={ids.messageInstead} onClick={() => (asked.value = true)}>
      {t.orMessage}
    </button>
  )
}

/** Outside opening hours, where nothing is taken: what the organisation says of it, and when it opens by the reader's clock. */
export function Shut({ until }: { until: number | null }) {
  const t = formWords.value
  return (
    <div class="notice" role="status" data-testid={ids.shut}>
      <p>{look.value.texts.closed ?? t.shut}</p>
      {until !== null && <p>{t.opens(dateTime(until))}</p>}
    </div>
  )
}

/**
 * Outside opening hours `until` says when they begin, null when nobody knows. What is asked before a first word is asked here
 * too; whoever writes and how to reach them is in any case.
 */
export function LeaveMessage({ talk, until }: { talk: ChatTalk; until?: number | null }) {
  const t = formWords.value
  const trouble = useSignal('')
  const ask = talk.view.value?.ask ?? []
  const isReach = ({ field }: AskedField) => field === 'name' || field === 'email'
  const asking = useAsking(
    talk,
    ask.filter((one) => !isReach(one)),
  )
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const data = new FormData(event.currentTarget)
    const field = (name: string) => String(data.get(name) ?? '')
    const body = { name: field('name'), email: field('email'), text: field('text') }
    const reach = ask.filter(isReach).map((one) => [one.field, field(one.field)])
    if (ask.length > 0 && !(await asking.tell(event.currentTarget, Object.fromEntries(reach)))) return
    const answer = await talk.peer.command('leave-message', body)
    trouble.value = answer.ok ? '' : faultText(answer.error)
  }
  return (
    <form class="rate" onSubmit={(event) => void submit(event)} data-testid={ids.leaveMessage}>
      {until !== undefined && (
        <p class="notice">
          {look.value.texts.closed ?? (until === null ? t.closedNow : t.closedUntil(dateTime(until)))}
        </p>
      )}
      <label>
        <span>{t.yourName}</span>
        <input class="input" name="name" required maxLength={200} autocomplete="name" />
      </label>
      <label>
        <span>{t.yourEmail}</span>
        <input class="input" name="email" type="email" required maxLength={200} autocomplete="email" />
      </label>
      <label>
        <span>{t.yourMessage}</span>
        <textarea class="input" name="text" rows={3} required maxLength={8_000} />
      </label>
      {asking.fields}
      <button type="submit" class="btn primary" aria-disabled={asking.isOn}>
        {t.leaveMessage}
      </button>
      <span role="status">{trouble.value || asking.said}</span>
    </form>
  )
}
