/** Queues, and the plans by which contacts come to them. */
import type { Config, QueueConfig } from '../../../core/protocol/config.ts'
import type { Plan, PlanStep } from '../../../core/protocol/plan.ts'
import { organisationWords } from '../../i18n/organisation.ts'
import { without } from '../office/config.ts'
import { NumberField, optionsOf, SelectField, SwitchField, TextField, TicksField } from '../office/fields.tsx'
import { OrderFields } from './orders.tsx'
import { type FieldsProps, given, type Section } from './section.tsx'

/** A queue with the plans it is in. */
type Entry = QueueConfig & { readonly plans: readonly string[] }

export const queues: Section<Entry> = {
  part: 'queues',
  path: 'queues',
  all: (config) =>
    Object.fromEntries(
      Object.entries(config.queues).map(([key, queue]) => [key, { ...queue, plans: plansWith(config, key) }]),
    ),
  blank: (config) => ({
    name: '',
    agentOrder: [
      { by: 'level', direction: 'desc' },
      { by: 'idle', direction: 'asc' },
      { by: 'load', direction: 'asc' },
    ],
    plans: [config.entrances.chat],
  }),
  nameOf: ({ name }) => name,
  about: ({ plans, team }, config) =>
    [...plans.map((plan) => config.plans[plan]?.name), team === undefined ? undefined : config.teams[team]?.name]
      .filter((part) => part !== undefined)
      .join(' · '),
  put(config, key, { plans, ...queue }) {
    return {
      ...config,
      queues: { ...config.queues, [key]: queue },
      plans: Object.fromEntries(
        Object.entries(config.plans).map(([id, plan]) => [id, placed(plan, key, plans.includes(id))]),
      ),
    }
  },
  remove: (config, key) => ({
    ...config,
    queues: without(config.queues, key),
    plans: Object.fromEntries(Object.entries(config.plans).map(([id, plan]) => [id, placed(plan, key, false)])),
    agents: Object.fromEntries(
      Object.entries(config.agents).map(([id, agent]) => [
        id,
        { ...agent, queues: agent.queues.filter(({ queue }) => queue !== key) },
      ]),
    ),
  }),
  Fields,
}

const pulls = ['beside', 'only'] as const

const inStep = ({ queues: named, also = [] }: PlanStep, key: string) =>
  [...named, ...also].some(({ queue }) => queue === key)
const holds = ({ steps }: Plan, key: string) => steps.some((step) => inStep(step, key))
const plansWith = (config: Config, key: string): string[] =>
  Object.entries(config.plans).flatMap(([id, plan]) => (holds(plan, key) ? [id] : []))

/**
 * A plan with a queue in its first step, or with it in none. A later step that was there for this queue alone goes; the
 * first one stays as it is left, so that a plan without a queue to wait in is refused, and says so.
 */
function placed(plan: Plan, key: string, isIn: boolean): Plan {
  if (holds(plan, key) === isIn) return plan
  const need = { level: 1, skills: {} }
  const [first, ...later] = plan.steps
  if (first === undefined) return plan
  if (isIn) return { ...plan, steps: [{ ...first, queues: [...first.queues, { queue: key, need }] }, ...later] }
  const rest = later.filter((step) => !isFor(step, key))
  return { ...plan, steps: [first, ...rest].map((step) => left(step, key)) }
}

/** Whether a step does nothing but let contacts wait in this queue. */
const isFor = ({ queues: named, also, say, offer, plan, end, prefer, relax }: PlanStep, key: string) =>
  named.length === 1 &&
  named[0]?.queue === key &&
  [also, say, offer, plan, end, prefer, relax].every((part) => part === undefined)

function left({ queues: named, also, ...step }: PlanStep, key: string): PlanStep {
  const others = <T extends { readonly queue: string }>(places: readonly T[]) =>
    places.filter(({ queue }) => queue !== key)
  return { ...step, queues: others(named), ...(also === undefined ? {} : { also: others(also) }) }
}

function Fields({ form, draft, set, config }: FieldsProps<Entry>) {
  const t = organisationWords.value
  return (
    <>
      <TextField form={form} name="name" label={t.name} value={draft.name} onChange={(name) => set({ name })} />
      <TicksField
        form={form}
        name="plans"
        label={t.plans}
        hint={t.plansHint}
        options={optionsOf(config.plans)}
        value={draft.plans}
        onChange={(plans) => set({ plans })}
      />
      <SelectField
        form={form}
        name="hours"
        label={t.queueHours}
        none={t.always}
        options={Object.keys(config.hours).map((id) => ({ id, name: id }))}
        value={draft.hours ?? ''}
        onChange={(hours) => set({ hours: given(hours) })}
      />
      <SelectField
        form={form}
        name="team"
        label={t.team}
        none={t.commonTeam}
        options={optionsOf(config.teams)}
        value={draft.team ?? ''}
        onChange={(team) => set({ team: given(team) })}
      />
      <OrderFields form={form} draft={draft} set={set} config={config} />
      <NumberField
        form={form}
        name="ringAtOnce"
        label={t.ringAtOnce}
        hint={t.ringAtOnceHint}
        value={draft.ringAtOnce ?? 1}
        onChange={(ringAtOnce) => set({ ringAtOnce })}
      />
      <SelectField
        form={form}
        name="pull"
        label={t.pull}
        none={t.pullNone}
        options={pulls.map((id) => ({ id, name: t.pulls[id] }))}
        value={draft.pull ?? ''}
        onChange={(pull) => set({ pull: pulls.find((id) => id === pull) })}
      />
      <SwitchField
        form={form}
        name="dispositionRequired"
        label={t.dispositionRequired}
        value={draft.dispositionRequired ?? false}
        onChange={(dispositionRequired) => set({ dispositionRequired })}
      />
    </>
  )
}
