/** The cards of contacts that ring: who, from which queue, how long is left; accept or decline. */
import { useSignal } from '@preact/signals'
import type { GoneRow, ItemRow } from '../../../core/protocol/agent.ts'
import { workOf } from '../../../core/protocol/media.ts'
import { words } from '../../i18n/console.ts'
import { duration } from '../../i18n/locale.ts'
import { MediumPill } from '../../ui/medium.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { now } from '../clock.ts'
import { useCommand } from '../keys/use-command.ts'
import { open } from '../place.ts'
import { agent, commandAgent, gone, me, offers, queueName } from '../work.ts'
import './offers.css'

export function Offers() {
  const t = words.value
  // The one that rings longest is at the top; its end is the nearest.
  const [first] = offers.value
  useCommand('accept', first === undefined ? null : () => void accept(first))
  useCommand('decline', first === undefined ? null : () => decline(first))
  return (
    <section class="offers" aria-label={t.offers}>
      <p class="sr" role="alert">
        {offers.value
          .map((item) => (item.consult === undefined ? t.offerFrom(item.customer.name) : t.consultOf(item.consult.by)))
          .join('. ')}
      </p>
      {offers.value.map((item) => (
        <Offer key={item.key} item={item} />
      ))}
      <div role="status">
        {gone.value.map((row) => (
          <Gone key={row.key} row={row} />
        ))}
      </div>
    </section>
  )
}

/** Opens it, unless somebody else was faster: then its card says so. */
async function accept({ conversation, lease }: ItemRow): Promise<void> {
  const isAnswered = await commandAgent('accept', { conversation, lease })
  if (isAnswered && !gone.peek().some((row) => row.conversation === conversation)) open(conversation)
}

/** Who was faster. */
function Gone({ row }: { readonly row: GoneRow }) {
  return (
    <p class="offer pop gone" data-testid={ids.gone} data-conversation={row.conversation}>
      {words.value.takenBy(row.customer, row.by)}
    </p>
  )
}

/** With what was chosen and written on its card, if there is anything to choose. */
function decline({ conversation, lease }: ItemRow): void {
  const form = document.querySelector<HTMLFormElement>(`.offer[data-conversation="${conversation}"] form`)
  const data = form === null ? null : new FormData(form)
  const [reason, word] = ['reason', 'word'].map((field) => String(data?.get(field) ?? '').trim())
  const said = { ...(reason ? { reason } : {}), ...(word ? { word } : {}) }
  void commandAgent('decline', { conversation, lease, ...said })
}

const LAST_SECONDS = 5

function Offer({ item }: { item: ItemRow }) {
  const t = words.value
  const serverNow = now() + (agent.value?.skew.value ?? 0)
  const left = item.until === null ? null : Math.max(0, Math.ceil((item.until - serverNow) / 1000))
  return (
    <article class="offer pop" data-testid={ids.offer} data-conversation={item.conversation} data-lease={item.lease}>
      <div class="top">
        <Avatar name={item.customer.name} />
        <div class="grow">
          <h2 class="trunc">{item.customer.name}</h2>
          {item.consult !== undefined && <p class="pill accent">{t.consultOf(item.consult.by)}</p>}
          <MediumPill work={workOf(item)} />
          <p class="xs muted trunc">
            {t.offerVia(item.via === null ? '' : queueName(item.via), duration(serverNow - item.waitingSince))}
          </p>
        </div>
        {left !== null && (
          <b class={`num left ${left <= LAST_SECONDS ? 'soon' : ''}`}>
            <span aria-hidden="true">{left}</span>
            <span class="sr">{t.secondsLeft(left)}</span>
          </b>
        )}
      </div>
      {item.others !== undefined && <p class="xs muted">{t.alsoRings(item.others)}</p>}
      {item.left === true && <p class="xs muted">{t.messageLeft}</p>}
      {item.note !== undefined && <p class="said">{item.note}</p>}
      {item.last !== undefined && item.last.from === 'customer' && <p class="said muted last">{item.last.text}</p>}
      <Reasons />
      <div class="row">
        <button type="button" class="btn line grow" data-testid={ids.decline} onClick={() => decline(item)}>
          {t.decline}
        </button>
        <button type="button" class="btn positive grow" data-testid={ids.accept} onClick={() => void accept(item)}>
          {t.accept}
        </button>
      </div>
    </article>
  )
}

/** Why it is declined, where the configuration has reasons. */
function Reasons() {
  const t = words.value
  const chosen = useSignal('')
  const reasons = me.value?.declineReasons ?? []
  if (reasons.length === 0) return null
  return (
    <form class="row" onSubmit={(event) => event.preventDefault()}>
      <select
        class="select grow"
        name="reason"
        aria-label={t.declineReason}
        data-testid={`${ids.decline}-reason`}
        onChange={(event) => (chosen.value = event.currentTarget.value)}
      >
        <option value="">{t.declineReason}</option>
        {reasons.map((reason) => (
          <option key={reason} value={reason}>
            {reason}
          </option>
        ))}
      </select>
      {chosen.value !== '' && (
        <input
          class="input grow"
          name="word"
          maxLength={300}
          aria-label={t.declineWord}
          placeholder={t.declineWord}
          data-testid={`${ids.decline}-word`}
        />
      )}
    </form>
  )
}
