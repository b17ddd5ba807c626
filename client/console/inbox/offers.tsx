/** The cards of contacts that ring: who, from which queue, how long is left; accept or decline. */
import type { ItemRow } from '../../../core/protocol/agent.ts'
import { words } from '../../i18n/console.ts'
import { duration } from '../../i18n/locale.ts'
import { Avatar } from '../../ui/parts.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { now } from '../clock.ts'
import { useCommand } from '../keys/use-command.ts'
import { open } from '../place.ts'
import { agent, commandAgent, offers, queueName } from '../work.ts'
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
        {offers.value.map((item) => t.offerFrom(item.customer.name)).join('. ')}
      </p>
      {offers.value.map((item) => (
        <Offer key={item.key} item={item} />
      ))}
    </section>
  )
}

async function accept({ conversation, lease }: ItemRow): Promise<void> {
  if (await commandAgent('accept', { conversation, lease })) open(conversation)
}

function decline({ conversation, lease }: ItemRow): void {
  void commandAgent('decline', { conversation, lease })
}

const LAST_SECONDS = 5

function Offer({ item }: { item: ItemRow }) {
  const t = words.value
  const serverNow = now() + (agent.value?.skew.value ?? 0)
  const left = item.until === null ? null : Math.max(0, Math.ceil((item.until - serverNow) / 1000))
  return (
    <article class="offer pop" data-testid={ids.offer} data-conversation={item.conversation}>
      <div class="top">
        <Avatar name={item.customer.name} />
        <div class="grow">
          <h2 class="trunc">{item.customer.name}</h2>
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
      {item.left === true && <p class="xs muted">{t.messageLeft}</p>}
      {item.note !== undefined && <p class="said">{item.note}</p>}
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
