/** Reports of queues and agents: which days, in which zone, in which rows; as a table, a chart, and a file. */
import { useMemo } from 'preact/hooks'
import { NameList } from '../../../core/protocol/api.ts'
import { media } from '../../../core/protocol/media.ts'
import { AgentReportAnswer, QueueReportAnswer } from '../../../core/protocol/reports.ts'
import { mediaWords } from '../../i18n/media.ts'
import { reportWords } from '../../i18n/reports.ts'
import { useAnswer } from '../office/answer.ts'
import { useEveryPage } from '../office/every-page.ts'
import { PageLinks, pageIn } from '../office/pages.tsx'
import type { OfficeProps } from '../office/places.ts'
import { Empty, Shown } from '../office/shown.tsx'
import { go } from '../place.ts'
import { beginOf, dayOf, ownZone, zones } from './days.ts'
import { type Kind, kinds, ofAgents, ofQueues, type Report } from './figures.ts'
import { Figures } from './table.tsx'

const everies = ['all', 'day', 'hour'] as const
type Every = (typeof everies)[number]
const isEvery = (text: string | undefined): text is Every => everies.some((one) => one === text)

/** What is chosen; all of it stands in the address. */
export interface Chosen {
  readonly kind: Kind
  readonly from: string
  readonly to: string
  readonly zone: string
  readonly every: Every
  /** A queue or an agent; '' for all. */
  readonly which: string
  /** One kind of work; '' for all. */
  readonly medium: string
}

export default function Reports({ place: { page, query } }: OfficeProps) {
  const t = reportWords.value
  const kind = pageIn(kinds, page)
  const today = useMemo(() => Date.now(), [])
  const zone = zones.find((one) => one === query['zone']) ?? ownZone()
  const chosen: Chosen = {
    kind,
    zone,
    from: query['from'] ?? dayOf(zone, today - 6 * 86_400_000),
    to: query['to'] ?? dayOf(zone, today),
    every: isEvery(query['every']) ? query['every'] : 'day',
    which: query['which'] ?? '',
    medium: media.find((medium) => medium === query['medium']) ?? '',
  }
  return (
    <div class="office" data-testid="reports">
      <h1>{t.title}</h1>
      <PageLinks at="reports" label={t.pagesLabel} pages={kinds} chosen={kind} words={t.pages} />
      <p class="lead">{t.lead[kind]}</p>
      <Page key={kind} chosen={chosen} />
    </div>
  )
}

function Page({ chosen }: { readonly chosen: Chosen }) {
  const t = reportWords.value
  const { kind, zone, from, to, every, which, medium } = chosen
  const names = useEveryPage(`/api/v1/${kind}`, NameList, 'cursor')
  const set = (more: Partial<Chosen>) => {
    const { kind: _kind, ...query } = { ...chosen, ...more }
    go({ at: 'reports', page: kind, query }, 'replace')
  }
  const span = { from: beginOf(zone, from), to: beginOf(zone, to, 1) }
  const wrong = span.to <= span.from ? t.backwards : span.to - span.from > 31 * 86_400_000 + 3_600_000 ? t.tooLong : ''
  const asked = new URLSearchParams({ from: String(span.from), to: String(span.to), zone })
  if (every !== 'all') asked.set('interval', every)
  if (medium !== '') asked.set('medium', medium)
  return (
    <>
      <div class="filters">
        <label class="field">
          <span class="label">{t.from}</span>
          <input
            class="input"
            type="date"
            required
            value={from}
            onChange={(e) => set({ from: e.currentTarget.value })}
          />
        </label>
        <label class="field">
          <span class="label">{t.to}</span>
          <input class="input" type="date" required value={to} onChange={(e) => set({ to: e.currentTarget.value })} />
        </label>
        <label class="field">
          <span class="label">{t.every}</span>
          <select
            class="input"
            data-testid="report-every"
            value={every}
            onChange={(e) => isEvery(e.currentTarget.value) && set({ every: e.currentTarget.value })}
          >
            {everies.map((one) => (
              <option key={one} value={one}>
                {t.everies[one]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span class="label">{t.zone}</span>
          <select class="input" value={zone} onChange={(e) => set({ zone: e.currentTarget.value })}>
            {zones.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span class="label">{t.which[kind]}</span>
          <select class="input" value={which} onChange={(e) => set({ which: e.currentTarget.value })}>
            <option value="">{t.each[kind]}</option>
            {names.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span class="label">{t.medium}</span>
          <select
            class="input"
            data-testid="report-medium"
            value={medium}
            onChange={(e) => set({ medium: e.currentTarget.value })}
          >
            <option value="">{t.everyMedium}</option>
            {media.map((one) => (
              <option key={one} value={one}>
                {mediaWords.value.names[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="err" role="alert">
        {wrong}
      </p>
      {wrong === '' && Number.isFinite(span.from + span.to) && (
        <Found
          chosen={chosen}
          query={asked.toString()}
          nameOf={(id) => names.find((one) => one.id === id)?.name ?? id}
        />
      )}
    </>
  )
}

interface FoundProps {
  readonly chosen: Chosen
  readonly query: string
  readonly nameOf: (id: string) => string
}

function Found(props: FoundProps) {
  return props.chosen.kind === 'queues' ? <QueuesFound {...props} /> : <AgentsFound {...props} />
}

function QueuesFound({ chosen, query, nameOf }: FoundProps) {
  const answer = useAnswer(`/api/v1/reports/queues?${query}`, QueueReportAnswer)
  const isMeant = ({ queue }: { readonly queue: string }) => chosen.which === '' || queue === chosen.which
  return (
    <Shown answer={answer}>
      {({ items }) => <Result report={ofQueues(items.filter(isMeant))} chosen={chosen} nameOf={nameOf} />}
    </Shown>
  )
}

function AgentsFound({ chosen, query, nameOf }: FoundProps) {
  const answer = useAnswer(`/api/v1/reports/agents?${query}`, AgentReportAnswer)
  const isMeant = ({ agent }: { readonly agent: string }) => chosen.which === '' || agent === chosen.which
  return (
    <Shown answer={answer}>
      {({ items }) => <Result report={ofAgents(items.filter(isMeant))} chosen={chosen} nameOf={nameOf} />}
    </Shown>
  )
}

interface ResultProps {
  readonly report: Report
  readonly chosen: Chosen
  readonly nameOf: (id: string) => string
}

function Result({ report, chosen, nameOf }: ResultProps) {
  const t = reportWords.value
  if (report.rows.length === 0) return <Empty title={t.none}>{t.noneWhy}</Empty>
  return <Figures report={report} chosen={chosen} nameOf={nameOf} />
}
