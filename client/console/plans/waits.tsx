/** Where a step has the contact wait, and what it asks of agents there. */
import type { Config } from '../../../core/protocol/config.ts'
import { officeWords } from '../../i18n/office.ts'
import { planWords } from '../../i18n/plans.ts'
import type { FormState } from '../office/form.tsx'
import { Group } from '../office/form.tsx'
import { namesOf } from './conditions.tsx'
import type { DraftStep, Places } from './draft.ts'
import { ChoiceField, NumberField, TextField } from './inputs.tsx'

interface WaitsProps {
  readonly form: FormState
  /** Of the step. */
  readonly name: string
  readonly config: Config
  readonly step: DraftStep
  onChange(step: DraftStep): void
}

const wheres = ['stay', 'exactly', 'besides'] as const

export function Waits({ form, name, config, step, onChange }: WaitsProps) {
  const t = planWords.value
  const where = (step.also ?? []).length > 0 ? 'besides' : (step.queues ?? []).length > 0 ? 'exactly' : 'stay'
  const list = where === 'besides' ? 'also' : 'queues'
  const places = step[list] ?? []
  const put = (now: Places, to: (typeof wheres)[number] = where) =>
    onChange({ ...step, queues: to === 'exactly' ? now : [], also: to === 'besides' ? now : undefined })
  const more = () => {
    const taken = places.map(({ queue }) => queue)
    const ids = Object.keys(config.queues)
    return { queue: ids.find((id) => !taken.includes(id)) ?? ids[0] ?? '', need: { level: 1, skills: {} } }
  }
  return (
    <Group form={form} name={`${name}.queues`} label={t.where}>
      <ChoiceField
        form={form}
        name={`${name}.where`}
        label={t.where}
        value={where}
        options={wheres}
        words={t.wheres}
        onChange={(to) => put(to === 'stay' ? [] : places.length > 0 ? places : [more()], to)}
      />
      {places.map(({ queue, need }, n) => {
        const field = `${name}.${list}.${n}`
        const set = (place: Places[number]) => put(places.map((each, i) => (i === n ? place : each)))
        const { where: _, ...plain } = need
        return (
          <div class="planrow" key={n}>
            <ChoiceField
              form={form}
              name={`${field}.queue`}
              label={t.queue}
              value={queue}
              options={Object.keys(config.queues)}
              words={namesOf(config.queues)}
              onChange={(to) => set({ queue: to, need })}
            />
            <NumberField
              form={form}
              name={`${field}.need.level`}
              label={t.level}
              value={need.level}
              onChange={(level) => set({ queue, need: { ...need, level: level ?? Number.NaN } })}
            />
            <div class="wide">
              <TextField
                form={form}
                name={`${field}.need.where`}
                label={t.asks}
                hint={t.asksHint}
                value={need.where ?? ''}
                onChange={(text) => set({ queue, need: text === '' ? plain : { ...need, where: text } })}
              />
            </div>
            <button type="button" class="btn sm line" onClick={() => put(places.filter((_, i) => i !== n))}>
              {officeWords.value.remove}
            </button>
          </div>
        )
      })}
      {where !== 'stay' && (
        <button type="button" class="btn sm line" onClick={() => put([...places, more()])}>
          {t.addQueue}
        </button>
      )}
    </Group>
  )
}
