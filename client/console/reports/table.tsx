/** The figures of a report: a chart of one of them, the table of all, and the table as a file. */
import { useSignal } from '@preact/signals'
import { csvLine } from '../../../core/text/csv.ts'
import { locale } from '../../i18n/locale.ts'
import { reportWords } from '../../i18n/reports.ts'
import { Chart } from './chart.tsx'
import { columns, type Figure, type Report, type Row, written } from './figures.ts'
import type { Chosen } from './reports.tsx'

interface FiguresProps {
  readonly report: Report
  readonly chosen: Chosen
  readonly nameOf: (id: string) => string
}

export function Figures({ report, chosen, nameOf }: FiguresProps) {
  const t = reportWords.value
  const { kind, every, zone } = chosen
  const shown: readonly Figure[] = columns[kind]
  const drawn = useSignal<Figure>('offered')
  const when = (from: number) => spanText(from, every, zone)
  return (
    <>
      {report.spans.length > 1 && (
        <>
          <label class="field narrow">
            <span class="label">{t.figure}</span>
            <select
              class="input"
              value={drawn.value}
              onChange={(event) => {
                drawn.value = shown.find((figure) => figure === event.currentTarget.value) ?? 'offered'
              }}
            >
              {shown.map((figure) => (
                <option key={figure} value={figure}>
                  {t.columns[figure]}
                </option>
              ))}
            </select>
          </label>
          <Chart figure={drawn.value} spans={report.spans} nameOf={when} />
        </>
      )}
      <div class="top">
        <h2 class="grow">{t.table}</h2>
        <button type="button" class="btn line" onClick={() => save(report.rows, chosen, shown, nameOf)}>
          {t.csv}
        </button>
      </div>
      <section class="scroll" aria-label={t.table} tabIndex={0}>
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{t.which[kind]}</th>
              {every !== 'all' && <th scope="col">{t.when}</th>}
              {shown.map((figure) => (
                <th key={figure} scope="col" class="n" title={t.explained[figure]}>
                  {t.columns[figure]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Line name={t.total} when={every === 'all' ? null : ''} figures={report.total} shown={shown} />
            {report.rows.filter(hasAny(shown)).map(({ whose, from, figures }) => (
              <Line
                key={`${whose} ${from}`}
                name={nameOf(whose)}
                when={every === 'all' ? null : when(from)}
                figures={figures}
                shown={shown}
              />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** A row in which nothing happened says nothing. */
const hasAny = (shown: readonly Figure[]) => (row: Row) => shown.some((figure) => (row.figures[figure] ?? 0) !== 0)

interface LineProps {
  readonly name: string
  readonly when: string | null
  readonly figures: Row['figures']
  readonly shown: readonly Figure[]
}

function Line({ name, when, figures, shown }: LineProps) {
  return (
    <tr data-testid="report-row">
      <th scope="row">{name}</th>
      {when !== null && <td>{when}</td>}
      {shown.map((figure) => (
        <td key={figure} class="n">
          {written(figure, figures[figure])}
        </td>
      ))}
    </tr>
  )
}

function spanText(from: number, every: Chosen['every'], timeZone: string): string {
  const form: Intl.DateTimeFormatOptions =
    every === 'hour'
      ? { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }
      : { weekday: 'short', month: 'short', day: 'numeric' }
  return new Intl.DateTimeFormat(locale.value, { ...form, timeZone }).format(from)
}

/** Figures as they are: times in seconds, shares of one. */
function save(rows: readonly Row[], chosen: Chosen, shown: readonly Figure[], nameOf: (id: string) => string): void {
  const head = [chosen.kind === 'queues' ? 'queue' : 'agent', 'name', 'from', ...shown]
  const lines = rows.map(({ whose, from, figures }) => [
    whose,
    nameOf(whose),
    new Date(from).toISOString(),
    ...shown.map((figure) => plain(figure, figures[figure])),
  ])
  const file = new Blob([[head, ...lines].map(csvLine).join('')], { type: 'text/csv' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `${chosen.kind}-${chosen.from}-${chosen.to}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}

const times: readonly Figure[] = ['asa', 'longestWait', 'aht', 'signedInTime', 'availableTime', 'awayTime']
const plain = (figure: Figure, value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(times.includes(figure) ? value / 1000 : value)
