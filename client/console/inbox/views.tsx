/** The views of the inbox: which there are, how much is in each, and those that list more than work and queues. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { ConversationList, SearchAnswer } from '../../../core/protocol/api.ts'
import { words } from '../../i18n/console.ts'
import { faultText } from '../../i18n/faults.ts'
import { dateTime, duration } from '../../i18n/locale.ts'
import { viewWords } from '../../i18n/views.ts'
import { Avatar } from '../../ui/parts.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { hashOf, views } from '../address.ts'
import { type Called, call } from '../api.ts'
import { now } from '../clock.ts'
import { useCommand } from '../keys/use-command.ts'
import { mayDo } from '../office/places.ts'
import { go, hrefOf, opened, view } from '../place.ts'
import { agentName, closed, me, mentions, queueName } from '../work.ts'
import { countIn, foundHere, unassigned } from './rows-of-views.ts'
import './views.css'

export function Views() {
  const t = viewWords.value
  const chosen = view.value.name
  useCommand('view', () => document.querySelector<HTMLElement>('.views [aria-current]')?.focus())
  return (
    <ul class="views" aria-label={t.label} onKeyDown={step}>
      {views.map((name) => {
        const count = countIn[name]?.() ?? 0
        return (
          <li key={name}>
            <a
              href={hashOf({ at: 'inbox', conversation: opened.value, view: name })}
              data-testid={ids.view}
              data-view={name}
              {...(name === chosen ? { 'aria-current': 'true' } : {})}
            >
              {t.views[name]}
              {count > 0 && <span class="num">{count}</span>}
            </a>
          </li>
        )
      })}
    </ul>
  )
}

/** From one to the next by the arrow keys. */
function step(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  const links = [...event.currentTarget.querySelectorAll('a')]
  const at = links.findIndex((link) => link.matches(':focus'))
  if (by === undefined || at < 0) return
  event.preventDefault()
  links[(at + by + links.length) % links.length]?.focus()
}

interface LineProps {
  readonly conversation: string
  readonly entry?: number
  readonly name: string
  readonly time: string
  readonly isNew?: boolean
  readonly testid: string
  readonly children?: ComponentChildren
}

export function Line({ conversation, entry, name, time, isNew, testid, children }: LineProps) {
  return (
    <a
      class={`it inset ${isNew === true ? 'unread' : ''}`}
      href={hrefOf(conversation, entry)}
      data-testid={testid}
      data-conversation={conversation}
      {...(opened.value === conversation ? { 'aria-current': 'page' } : {})}
    >
      <Avatar name={name} />
      <span class="l1">
        <span class="name trunc">{name}</span>
        <time>{time}</time>
      </span>
      <span class="l2">
        <span class="prev trunc">{children}</span>
      </span>
    </a>
  )
}

/** A list, or what to do when there is nothing in it. */
export function Listing({ title, empty, children }: { title: string; empty: string; children: ComponentChildren[] }) {
  return (
    <section>
      <h2 class="sec">
        <span>{title}</span> <span class="num">{children.length}</span>
      </h2>
      {children.length === 0 ? <p class="muted pad">{empty}</p> : <ul>{children}</ul>}
    </section>
  )
}

export function Unassigned() {
  const t = viewWords.value
  const empty = me.value !== null && me.value.presence !== 'available' ? t.empty.unassignedAway : t.empty.unassigned
  return (
    <>
      <Listing title={t.views.unassigned} empty={empty}>
        {unassigned.value.map(({ row, queues }) => (
          <li key={row.key}>
            <Line
              conversation={row.conversation}
              name={row.customer}
              time={duration(now() - row.since)}
              testid={ids.waiting}
            >
              {queues.map(queueName).join(', ')}
              {row.held && ` · ${words.value.held}`}
            </Line>
          </li>
        ))}
      </Listing>
      {mayDo('record.read') && <Recorded status="fallback" changes={unassigned.value.length} />}
    </>
  )
}

export function Mentioned() {
  const t = viewWords.value
  return (
    <Listing title={t.views.mentioned} empty={t.empty.mentioned}>
      {mentions.value.map(({ key, conversation, entry, by, customer, at, seen }) => (
        <li key={key}>
          <Line
            conversation={conversation}
            entry={entry}
            name={customer}
            time={dateTime(at)}
            isNew={!seen}
            testid={ids.mention}
          >
            {t.mentionedBy(by)}
          </Line>
        </li>
      ))}
    </Listing>
  )
}

export function Closed() {
  const t = viewWords.value
  return (
    <>
      <Listing title={t.closedByMe} empty={t.empty.closed}>
        {closed.value.map(({ key, conversation, customer, at }) => (
          <li key={key}>
            <Line conversation={conversation} name={customer.name} time={dateTime(at)} testid={ids.done}>
              {words.value.statuses.closed}
            </Line>
          </li>
        ))}
      </Listing>
      {mayDo('record.read') && <Recorded status="closed" changes={closed.value.length} />}
    </>
  )
}

/** The record follows what happens within a second or two. */
const RECORDED_AFTER = 2_000

/** What of this kind the record has for those who lead; asked for anew when something has changed here. */
function Recorded({ status, changes }: { status: 'closed' | 'fallback'; changes: number }) {
  const t = viewWords.value
  const path = `/api/v1/conversations?status=${status}&limit=50`
  const { answer, ask } = useAnswer(() => call('GET', path, ConversationList), `${path} ${changes}`, RECORDED_AFTER)
  const items = answer?.ok ? (answer.value?.items ?? []) : []
  return (
    <>
      <Listing title={t.recorded[status]} empty={answer === null ? words.value.loading : t.empty.recorded}>
        {items.map(({ id, customer, owner, openedAt, closedAt }) => (
          <li key={id}>
            <Line conversation={id} name={customer.name} time={dateTime(closedAt ?? openedAt)} testid={ids.recorded}>
              {owner === null ? '' : agentName(owner)}
            </Line>
          </li>
        ))}
      </Listing>
      <p class="pad">
        {answer?.ok === false && <span role="alert">{faultText(answer)} </span>}
        <button type="button" class="btn sm line" onClick={ask}>
          {t.askAgain}
        </button>
      </p>
    </>
  )
}

/** How long the typing must rest before the record is asked, in ms. */
const REST = 300

export function Search() {
  const t = viewWords.value
  const query = view.value.query ?? ''
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (opened.peek() === null) field.current?.focus()
  }, [])
  const here = foundHere(query)
  return (
    <>
      <p class="pad">
        <input
          ref={field}
          class="input"
          type="search"
          aria-label={t.views.search}
          placeholder={t.searchFor}
          value={query}
          data-testid={ids.search}
          onInput={(event) =>
            go(
              { at: 'inbox', conversation: opened.peek(), view: 'search', query: event.currentTarget.value },
              'replace',
            )
          }
        />
      </p>
      <Listing title={t.foundHere} empty={query.trim() === '' ? t.empty.search : t.empty.notFound}>
        {here.map(({ conversation, name, at }) => (
          <li key={conversation}>
            <Line conversation={conversation} name={name} time={dateTime(at)} testid={ids.found} />
          </li>
        ))}
      </Listing>
      {mayDo('record.search') && query.trim() !== '' && <Said query={query.trim()} />}
    </>
  )
}

function Said({ query }: { query: string }) {
  const t = viewWords.value
  const path = `/api/v1/search?${new URLSearchParams({ q: query, limit: '30' })}`
  const { answer } = useAnswer(() => call('GET', path, SearchAnswer), path, REST)
  const items = answer?.ok ? (answer.value?.items ?? []) : []
  return (
    <Listing title={t.said} empty={answer === null ? words.value.loading : t.empty.notFound}>
      {items.map(({ conversation, seq, at, from, snippet }) => (
        <li key={`${conversation}/${seq}`}>
          <Line
            conversation={conversation}
            entry={seq}
            name={from.role === 'system' ? 'Parley' : from.name}
            time={dateTime(at)}
            testid={ids.found}
          >
            {snippet.text}
          </Line>
        </li>
      ))}
    </Listing>
  )
}

/** The newest answer; asked for when `key` changes, once that rests for `after` ms, and by hand. */
function useAnswer<T>(asked: () => Promise<Called<T | null>>, key: string, after: number) {
  const answer = useSignal<Called<T | null> | null>(null)
  const latest = useRef(asked)
  latest.current = asked
  const turn = useRef(0)
  const ask = async () => {
    turn.current++
    const mine = turn.current
    const came = await latest.current()
    if (mine === turn.current) answer.value = came
  }
  useEffect(() => {
    // The first at once: somebody waits for it.
    const timer = setTimeout(() => void ask(), answer.peek() === null ? 0 : after)
    return () => clearTimeout(timer)
  }, [key])
  return { answer: answer.value, ask: () => void ask() }
}
