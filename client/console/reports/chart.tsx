/** One figure, span by span, as bars. What it shows stands in the table too: for who cannot see it, it is one sentence. */
import { reportWords } from '../../i18n/reports.ts'
import { type Figure, type Row, written } from './figures.ts'

const WIDTH = 720
const HEIGHT = 160

interface ChartProps {
  readonly figure: Figure
  readonly spans: readonly Row[]
  readonly nameOf: (from: number) => string
}

export function Chart({ figure, spans, nameOf }: ChartProps) {
  const t = reportWords.value
  const values = spans.map(({ from, figures }) => ({ from, value: figures[figure] ?? 0 }))
  const most = Math.max(...values.map(({ value }) => value), 0)
  const step = WIDTH / values.length
  const high = (value: number) => (most === 0 ? 0 : (value / most) * HEIGHT)
  return (
    <figure class="chart" data-testid="chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.chartOf(t.columns[figure], written(figure, most))}
      >
        {values.map(({ from, value }, n) => (
          <rect key={from} x={n * step + step * 0.15} y={HEIGHT - high(value)} width={step * 0.7} height={high(value)}>
            <title>{`${nameOf(from)}: ${written(figure, value)}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption>
        <span>{nameOf(values[0]?.from ?? 0)}</span>
        <span>{written(figure, most)} ↑</span>
        <span>{nameOf(values.at(-1)?.from ?? 0)}</span>
      </figcaption>
    </figure>
  )
}
