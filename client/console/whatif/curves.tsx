/** One figure over the day: recorded as dots, simulated as it is and changed as lines. The same stands in the table below. */
import type { Line } from '../../../core/whatif/compare.ts'
import type { Measure } from '../../../core/whatif/figures.ts'
import { whatIfWords } from '../../i18n/whatif.ts'

const WIDTH = 720
const HEIGHT = 180

interface CurvesProps {
  readonly lines: readonly Line[]
  readonly measure: Measure
  readonly nameOf: (from: number) => string
  readonly written: (value: number) => string
}

type Points = readonly (number | null)[]

export function Curves({ lines, measure, nameOf, written }: CurvesProps) {
  const t = whatIfWords.value
  const of = (value: (line: Line) => number | null | undefined): Points => lines.map((line) => value(line) ?? null)
  const recorded = of((line) => line.figures[measure].recorded)
  const today = of((line) => line.figures[measure].today?.mean)
  const changed = of((line) => line.figures[measure].change?.mean)
  const most = Math.max(0, ...[...recorded, ...today, ...changed].map((value) => value ?? 0))
  const x = (n: number) => ((n + 0.5) / lines.length) * WIDTH
  const y = (value: number) => (most === 0 ? HEIGHT : HEIGHT - (value / most) * (HEIGHT - 6))
  return (
    <figure class="chart curves" data-testid="chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.chartOf(t.measures[measure], written(most))}
      >
        {recorded.map((value, n) =>
          value === null ? null : (
            <line key={lines[n]?.from} class="recorded" x1={x(n)} x2={x(n)} y1={y(value)} y2={y(value)} />
          ),
        )}
        <path class="today" d={path(today, x, y)} />
        <path class="changed" d={path(changed, x, y)} />
      </svg>
      <figcaption>
        <span>{nameOf(lines[0]?.from ?? 0)}</span>
        <span>{written(most)} ↑</span>
        <span>{nameOf(lines.at(-1)?.from ?? 0)}</span>
      </figcaption>
      <ul class="legend" aria-hidden="true">
        {(['recorded', 'today', 'changed'] as const).map((name) => (
          <li key={name} class={name}>
            {t[name]}
          </li>
        ))}
      </ul>
    </figure>
  )
}

/** Begins anew after a quarter without a value. */
function path(points: Points, x: (n: number) => number, y: (value: number) => number): string {
  return points
    .map((value, n) => {
      if (value === null) return ''
      const isBegin = n === 0 || points[n - 1] === null
      return `${isBegin ? 'M' : 'L'}${x(n).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
}
