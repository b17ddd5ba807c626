/** The queues: who waits, who is there for them, and the figures. */
import type { Signal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { behind } from '../../../core/floor/answer.ts'
import type { FloorAgent, FloorFrame, FloorQueue } from '../../../core/protocol/floor.ts'
import { queueRates } from '../../../core/reports/figures.ts'
import { floorWords, percent } from '../../i18n/floor.ts'
import { duration } from '../../i18n/locale.ts'
import { isSupervisor } from '../work.ts'
import { above, below, Figure } from './level.tsx'

export type SpanName = 'today' | 'interval'

export interface QueuesProps {
  readonly queues: readonly FloorQueue[]
  readonly agents: readonly FloorAgent[]
  readonly frame: FloorFrame
  readonly span: SpanName
  readonly at: number
}
interface Openable {
  /** The queue whose contacts are listed below. */
  readonly opened: Signal<string | null>
}

/** What is shown of a queue, on the table and on the wall. */
export function pictureOf({ now, figures, queue }: FloorQueue, { agents, frame, span, at }: QueuesProps) {
  const { policy } = frame
  const wait = now?.oldest == null ? null : Math.max(0, at - now.oldest)
  const sum = figures?.[span] ?? null
  const rates = sum === null ? null : queueRates(sum)
  const { ringing, talking, agents: states } = behind(queue, agents)
  return {
    waiting: now?.waiting ?? null,
    waitingLevel: above(now?.waiting ?? null, policy.waiting),
    wait,
    waitLevel: above(wait, policy.wait),
    ringing,
    talking,
    ready: states.ready,
    occupied: states.talking + states.ringing + states['wrap-up'],
    away: states.away + states.busy + states['not-responding'] + states.gone,
    sum,
    rates,
    levelOfService: below(rates?.serviceLevel ?? null, policy.serviceLevel),
  }
}

const time = (ms: number | null | undefined) => (ms == null ? '–' : duration(ms))

export function Queues(props: QueuesProps & Openable) {
  const t = floorWords.value
  const { policy } = props.frame
  return (
    <div class="part">
      <h2 id="floor-queues">{t.queues}</h2>
      <section class="scroll" aria-labelledby="floor-queues" tabIndex={0}>
        <table class="grid" data-testid="floor-queues">
          <thead>
            <tr>
              <th scope="col">{t.queue}</th>
              <th scope="col" class="n">
                {t.waiting}
              </th>
              <th scope="col" class="n">
                {t.wait}
              </th>
              <th scope="col" class="n">
                {t.ringing}
              </th>
              <th scope="col" class="n">
                {t.talking}
              </th>
              <th scope="col">{t.staffed}</th>
              <th scope="col" class="n">
                {t.offered}
              </th>
              <th scope="col" class="n">
                {t.answered}
              </th>
              <th scope="col" class="n">
                {t.abandoned}
              </th>
              <th scope="col" class="n" title={t.within(duration(policy.within))}>
                {t.serviceLevel}
              </th>
              <th scope="col" class="n" title={t.within(duration(policy.within))}>
                {t.serviceLevelOf}
              </th>
              <th scope="col" class="n">
                {t.asa}
              </th>
              <th scope="col" class="n">
                {t.aht}
              </th>
              <th scope="col" class="n">
                {t.transferred}
              </th>
            </tr>
          </thead>
          <tbody>
            {props.queues.map((queue) => (
              <QueueRow key={queue.key} queue={queue} {...props} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

/** How many wait; whoever may give them to agents by hand can open the list of them. */
function Count({ queue, opened, children }: CountProps) {
  const t = floorWords.value
  const { waiting = 0 } = queue.now ?? {}
  if (!isSupervisor.value || (waiting === 0 && opened.value !== queue.queue)) return children
  const isOpen = opened.value === queue.queue
  return (
    <button
      type="button"
      class="btn ghost sm"
      aria-expanded={isOpen}
      aria-label={t.show(queue.name, waiting)}
      onClick={() => {
        opened.value = isOpen ? null : queue.queue
      }}
    >
      {children}
    </button>
  )
}
interface CountProps extends Openable {
  readonly queue: FloorQueue
  readonly children: JSX.Element
}

function QueueRow({ queue, ...props }: QueuesProps & Openable & { readonly queue: FloorQueue }) {
  const t = floorWords.value
  const of = pictureOf(queue, props)
  return (
    <tr data-queue={queue.queue}>
      <th scope="row">{queue.name}</th>
      <td class="n" data-testid="waiting">
        <Count queue={queue} opened={props.opened}>
          <Figure level={of.waitingLevel}>{of.waiting ?? '–'}</Figure>
        </Count>
      </td>
      <td class="n">
        <Figure level={of.waitLevel}>{time(of.wait)}</Figure>
      </td>
      <td class="n">{of.ringing}</td>
      <td class="n" data-testid="talking">
        {of.talking}
      </td>
      <td class="nowrap">{t.staffedAs(of.ready, of.occupied, of.away)}</td>
      <td class="n" data-testid="offered">
        {of.sum?.offered ?? '–'}
      </td>
      <td class="n">{of.sum?.answered ?? '–'}</td>
      <td class="n">{of.sum === null ? '–' : t.abandonedShort(of.sum.abandoned, of.sum.shortAbandoned)}</td>
      <td class="n">
        <Figure level={of.levelOfService}>{percent(of.rates?.serviceLevel ?? null)}</Figure>
      </td>
      <td class="n">{percent(of.rates?.serviceLevelOfAnswered ?? null)}</td>
      <td class="n">{time(of.rates?.asa)}</td>
      <td class="n">{time(of.rates?.aht)}</td>
      <td class="n">{of.sum?.transferred ?? '–'}</td>
    </tr>
  )
}

/** For a screen that is read from afar. */
export function Wall(props: QueuesProps) {
  const t = floorWords.value
  return (
    <div class="cards" data-testid="floor-wall">
      {props.queues.map((queue) => {
        const of = pictureOf(queue, props)
        return (
          <section key={queue.key} class="wall-card" aria-label={queue.name}>
            <h2>{queue.name}</h2>
            <dl>
              <Big label={t.waiting}>
                <Figure level={of.waitingLevel}>{of.waiting ?? '–'}</Figure>
              </Big>
              <Big label={t.wait}>
                <Figure level={of.waitLevel}>{time(of.wait)}</Figure>
              </Big>
              <Big label={t.serviceLevel}>
                <Figure level={of.levelOfService}>{percent(of.rates?.serviceLevel ?? null)}</Figure>
              </Big>
            </dl>
            <p class="muted">
              {t.staffedAs(of.ready, of.occupied, of.away)} · {t.offered} {of.sum?.offered ?? '–'} · {t.abandoned}{' '}
              {of.sum?.abandoned ?? '–'}
            </p>
          </section>
        )
      })}
    </div>
  )
}

function Big({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
