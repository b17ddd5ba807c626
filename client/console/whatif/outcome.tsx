/** What came of it: what to mind, the whole day, a chart of one figure, and the same by the quarter of an hour. */
import { useSignal } from '@preact/signals'
import type { Answer, Line } from '../../../core/whatif/compare.ts'
import { type Measure, measures } from '../../../core/whatif/figures.ts'
import type { Estimate } from '../../../core/whatif/interval.ts'
import { duration, locale } from '../../i18n/locale.ts'
import { whatIfWords } from '../../i18n/whatif.ts'
import { Curves } from './curves.tsx'

interface OutcomeProps {
  readonly answer: Answer
  readonly zone: string
}

export function Outcome({ answer: { whole, quarters, doubts }, zone }: OutcomeProps) {
  const t = whatIfWords.value
  const drawn = useSignal<Measure>('asa')
  const lines = withContacts(quarters)
  const when = (at: number) =>
    new Intl.DateTimeFormat(locale.value, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at)
  return (
    <>
      {doubts.length > 0 && (
        <ul class="doubts" aria-label={t.doubtsLabel} data-testid="doubts">
          {doubts.map((doubt) => (
            <li key={JSON.stringify(doubt)}>{t.doubt(doubt)}</li>
          ))}
        </ul>
      )}
      <h2>{t.whole}</h2>
      <p class="t2">{t.interval}</p>
      <section class="scroll" aria-label={t.whole} tabIndex={0}>
        <table class="grid">
          <Head first={t.figure} />
          <tbody>
            {measures.map((measure) => (
              <tr key={measure} data-testid={`whole-${measure}`}>
                <th scope="row">{t.measures[measure]}</th>
                <Cells line={whole} measure={measure} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <label class="field narrow">
        <span class="label">{t.chart}</span>
        <select
          class="input"
          data-testid="measure"
          value={drawn.value}
          onChange={({ currentTarget: { value } }) => {
            drawn.value = measures.find((measure) => measure === value) ?? 'asa'
          }}
        >
          {measures.map((measure) => (
            <option key={measure} value={measure}>
              {t.measures[measure]}
            </option>
          ))}
        </select>
      </label>
      <Curves lines={lines} measure={drawn.value} nameOf={when} written={(value) => written(drawn.value, value)} />
      <h2>{t.quarters(t.measures[drawn.value])}</h2>
      <section class="scroll" aria-label={t.quarters(t.measures[drawn.value])} tabIndex={0}>
        <table class="grid" data-testid="quarters">
          <Head first={t.from} />
          <tbody>
            {lines.map((line) => (
              <tr key={line.from}>
                <th scope="row">{when(line.from)}</th>
                <Cells line={line} measure={drawn.value} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** From the first quarter in which anything ended to the last. */
function withContacts(quarters: readonly Line[]): readonly Line[] {
  const isBusy = ({ figures: { offered } }: Line) =>
    (offered.recorded ?? 0) + (offered.today?.mean ?? 0) + (offered.change?.mean ?? 0) > 0
  return quarters.slice(Math.max(0, quarters.findIndex(isBusy)), quarters.findLastIndex(isBusy) + 1)
}

function Head({ first }: { readonly first: string }) {
  const t = whatIfWords.value
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {[t.recorded, t.today, t.changed, t.difference].map((name) => (
          <th key={name} scope="col" class="n">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Cells({ line, measure }: { readonly line: Line; readonly measure: Measure }) {
  const { recorded, today, change, difference } = line.figures[measure]
  return (
    <>
      <td class="n">{written(measure, recorded)}</td>
      <td class="n">{estimated(measure, today)}</td>
      <td class="n">{estimated(measure, change)}</td>
      <td class="n">{estimated(measure, difference, true)}</td>
    </>
  )
}

const shares: readonly Measure[] = ['serviceLevel', 'abandonRate', 'occupancy']
const times: readonly Measure[] = ['asa', 'longestWait']

/** For people; a dash where there is nothing to divide by. */
function written(measure: Measure, value: number | null, signed = false): string {
  if (value === null) return '–'
  const sign = signed && value > 0 ? '+' : ''
  if (shares.includes(measure))
    return `${sign}${new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 1 }).format(value)}`
  if (times.includes(measure))
    return `${value <= -500 ? '−' : sign}${duration(Math.round(Math.abs(value) / 1_000) * 1_000)}`
  return `${sign}${new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }).format(value)}`
}

function estimated(measure: Measure, estimate: Estimate | null, signed = false): string {
  if (estimate === null) return '–'
  const { mean, half } = estimate
  return `${written(measure, mean, signed)}${half === null ? '' : ` ± ${written(measure, half)}`}`
}
