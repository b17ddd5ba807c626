/** What if: a recorded day, simulated as it was routed and under a change. */
import { useMemo } from 'preact/hooks'
import { TrafficAnswer } from '../../../core/protocol/whatif.ts'
import { whatIfWords } from '../../i18n/whatif.ts'
import { useAnswer } from '../office/answer.ts'
import type { OfficeProps } from '../office/places.ts'
import { Empty, Shown } from '../office/shown.tsx'
import { go } from '../place.ts'
import { beginOf, dayOf, ownZone, zones } from '../reports/days.ts'
import { type Choice, Trial, useChoice } from './trial.tsx'
import './whatif.css'

export default function WhatIf({ place: { query } }: OfficeProps) {
  const t = whatIfWords.value
  const today = useMemo(() => Date.now(), [])
  const choice = useChoice()
  const zone = zones.find((one) => one === query['zone']) ?? ownZone()
  const day = query['day'] ?? dayOf(zone, today - 86_400_000)
  const set = (more: Readonly<Record<string, string>>) =>
    go({ at: 'whatif', page: '', query: { zone, day, ...more } }, 'replace')
  const [from, to] = [beginOf(zone, day), beginOf(zone, day, 1)]
  return (
    <div class="office" data-testid="whatif">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <div class="filters">
        <label class="field">
          <span class="label">{t.day}</span>
          <input
            class="input"
            type="date"
            required
            value={day}
            onChange={(event) => set({ day: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          <span class="label">{t.zone}</span>
          <select class="input" value={zone} onChange={(event) => set({ zone: event.currentTarget.value })}>
            {zones.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      </div>
      {Number.isFinite(from + to) && <Day key={`${from} ${to}`} {...{ from, to, zone, choice }} />}
    </div>
  )
}

interface DayProps {
  readonly from: number
  readonly to: number
  readonly zone: string
  readonly choice: Choice
}

function Day({ from, to, zone, choice }: DayProps) {
  const t = whatIfWords.value
  const answer = useAnswer(`/api/v1/whatif/day?from=${from}&to=${to}`, TrafficAnswer)
  return (
    <Shown answer={answer}>
      {(day) =>
        day.traffic.contacts.length === 0 ? (
          <Empty title={t.none}>{t.noneWhy}</Empty>
        ) : (
          <Trial day={day} zone={zone} choice={choice} />
        )
      }
    </Shown>
  )
}
