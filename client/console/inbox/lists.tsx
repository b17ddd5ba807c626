/** The left column: the work in hand, and who waits in which queue. */
import type { ItemRow, WaitingRow as Waits } from '../../../core/protocol/agent.ts'
import { workOf } from '../../../core/protocol/media.ts'
import { words } from '../../i18n/console.ts'
import { dateTime, duration } from '../../i18n/locale.ts'
import { viewWords } from '../../i18n/views.ts'
import { Icon } from '../../ui/icon.tsx'
import { MediumPill } from '../../ui/medium.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { now } from '../clock.ts'
import { useCommand } from '../keys/use-command.ts'
import { Waiting } from '../office/shown.tsx'
import { hrefOf, opened, view } from '../place.ts'
import { agent, inHand, laid, me, shownQueues, talks, unreadIn, waitingIn, writerOf } from '../work.ts'
import { mayTake, take } from './take.ts'
import { Closed, Line, Listing, Mentioned, Search, Unassigned, Views } from './views.tsx'
import './lists.css'

export function Lists() {
  const t = words.value
  const noAgent = agent.value?.link.value === 'stopped'
  const [next] = shownQueues.value.flatMap(({ id }) =>
    waitingIn(id).flatMap((row) => (mayTake(row, id) ? [() => void take(id, row)] : [])),
  )
  useCommand('take', next ?? null)
  return (
    <nav class="lists" aria-label={t.work}>
      <Views />
      <Chosen noAgent={noAgent} />
    </nav>
  )
}

function Chosen({ noAgent }: { readonly noAgent: boolean }) {
  switch (view.value.name) {
    case 'all':
      return (
        <>
          {!noAgent && <Work />}
          {laid.value.length > 0 && <Laid />}
          <Queues />
        </>
      )
    case 'mine':
      return <Work />
    case 'queues':
      return <Queues />
    case 'unassigned':
      return <Unassigned />
    case 'mentioned':
      return <Mentioned />
    case 'snoozed':
      return <Laid />
    case 'closed':
      return <Closed />
    case 'search':
      return <Search />
  }
}

function Queues() {
  return (
    <>
      {shownQueues.value.map(({ id, name }) => (
        <Queue key={id} id={id} name={name} />
      ))}
      {shownQueues.value.length === 0 && me.value !== null && <p class="muted pad">{words.value.noQueues}</p>}
    </>
  )
}

function Work() {
  const t = words.value
  // What is in hand is not known before the own agent has said so.
  if (me.value === null && agent.value?.link.value !== 'stopped') return <Waiting />
  return (
    <section>
      <h2 class="sec">
        <span>{t.work}</span> <span class="num">{inHand.value.length}</span>
      </h2>
      {inHand.value.length === 0 && (
        <p class="muted pad">
          {t.noWork} {me.value?.presence === 'available' ? t.noWorkAvailable : t.noWorkAway}
        </p>
      )}
      <ul>
        {inHand.value.map((item) => (
          <li key={item.key}>
            <Item item={item} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Laid aside from here: it takes no room, and comes back by itself. */
function Laid() {
  return (
    <Listing title={words.value.laid} empty={viewWords.value.empty.snoozed}>
      {laid.value.map(({ key, conversation, customer, until }) => (
        <li key={key}>
          <Line conversation={conversation} name={customer.name} time="" testid={ids.laid}>
            {dateTime(until)}
          </Line>
        </li>
      ))}
    </Listing>
  )
}

function Item({ item }: { item: ItemRow }) {
  const t = words.value
  const talk = talks.value.get(item.conversation)
  const entries = talk?.entries.value ?? []
  const last = talk === undefined ? item.last?.text : undefined
  const unread = unreadIn(item.conversation)
  const said = entries.findLast((entry) => entry.body.type === 'message')?.body
  const writer = talk === undefined ? null : writerOf(talk)
  const current = opened.value === item.conversation
  return (
    <a
      class={`it inset ${unread > 0 && !current ? 'unread' : ''}`}
      href={hrefOf(item.conversation)}
      data-testid={ids.item}
      data-conversation={item.conversation}
      data-state={item.state}
      {...(current ? { 'aria-current': 'page' } : {})}
    >
      <Avatar name={item.customer.name} />
      <span class="l1">
        <span class="name trunc">{item.customer.name}</span>
        <time>{duration(now() - item.since)}</time>
      </span>
      <span class="l2">
        <span class="prev trunc">
          {writer !== null
            ? t.typing(writer)
            : item.consult !== undefined
              ? t.consultOf(item.consult.by)
              : item.state === 'owned' && said?.type === 'message'
                ? said.text
                : (last ?? t.states[item.state])}
        </span>
        <MediumPill work={workOf(item)} />
        {item.interrupted !== undefined && (
          <span class="pill warning" data-testid={ids.interrupted} title={t.interruptedWhy}>
            <Icon name="pause" /> {t.interrupted}
          </span>
        )}
        {unread > 0 && !current && (
          <span class="count">
            <span aria-hidden="true">{unread}</span>
            <span class="sr">{t.unread(unread)}</span>
          </span>
        )}
      </span>
    </a>
  )
}

function Queue({ id, name }: { id: string; name: string }) {
  const t = words.value
  const rows = waitingIn(id)
  return (
    <section data-testid={ids.queue} data-queue={id}>
      <h2 class="sec">
        <span>
          {t.waiting} · {name}
        </span>
        <span class="num">{rows.length}</span>
      </h2>
      {rows.length === 0 && <p class="muted pad">{t.nobodyWaits}</p>}
      <ol>
        {rows.map((row) => (
          <li key={row.key} class="waits">
            <WaitingRow row={row} />
            {mayTake(row, id) && (
              <button
                type="button"
                class="btn sm line"
                data-testid={ids.take}
                aria-label={t.takeOf(row.customer)}
                onClick={() => void take(id, row)}
              >
                {t.take}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function WaitingRow({ row }: { row: Waits }) {
  const t = words.value
  return (
    <a
      class="it inset"
      href={hrefOf(row.conversation)}
      data-testid={ids.waiting}
      data-conversation={row.conversation}
      {...(opened.value === row.conversation ? { 'aria-current': 'page' } : {})}
    >
      <Avatar name={row.customer} />
      <span class="l1">
        <span class="name trunc">{row.customer}</span>
        <time>{duration(now() - row.since)}</time>
      </span>
      <span class="l2">
        <MediumPill work={workOf(row)} />
        {row.held && <span class="pill accent">{t.held}</span>}
        {row.priority !== 0 && <span class="pill">{t.priority(row.priority)}</span>}
      </span>
    </a>
  )
}
