/** What must hold for a step to be taken. */
import type { Config } from '../../../core/protocol/config.ts'
import { officeWords } from '../../i18n/office.ts'
import { planWords } from '../../i18n/plans.ts'
import { type FormState, Group } from '../office/form.tsx'
import type { Condition } from './draft.ts'
import { ChoiceField, NumberField } from './inputs.tsx'

const kinds = ['waiting', 'agents', 'predicted', 'hours'] as const

interface ConditionsProps {
  readonly form: FormState
  readonly name: string
  readonly config: Config
  readonly value: readonly Condition[]
  onChange(value: Condition[]): void
}

export function Conditions({ form, name, config, value, onChange }: ConditionsProps) {
  const t = planWords.value
  const [queue = ''] = Object.keys(config.queues)
  const put = (n: number, condition: Condition) => onChange(value.map((each, i) => (i === n ? condition : each)))
  return (
    <Group form={form} name={name} label={t.when} hint={value.length === 0 ? undefined : t.whenHint}>
      {value.map((condition, n) => (
        <div class="planrow" key={n}>
          <ChoiceField
            form={form}
            name={`${name}.${n}.is`}
            label={t.condition(n + 1)}
            value={condition.is}
            options={kinds}
            words={t.kinds}
            onChange={(is) => put(n, fresh(is, condition, config))}
          />
          <Bounds form={form} name={`${name}.${n}`} config={config} value={condition} onChange={(one) => put(n, one)} />
          <button type="button" class="btn sm line" onClick={() => onChange(value.filter((_, i) => i !== n))}>
            {officeWords.value.remove}
          </button>
        </div>
      ))}
      <button
        type="button"
        class="btn sm line"
        onClick={() => onChange([...value, { is: 'waiting', queue, least: 1 }])}
      >
        {t.addCondition}
      </button>
    </Group>
  )
}

function fresh(is: Condition['is'], before: Condition, { queues, hours }: Config): Condition {
  const [queue = ''] = before.is === 'hours' ? Object.keys(queues) : [before.queue]
  if (is === 'hours') return { is, hours: Object.keys(hours)[0] ?? '', open: false }
  return { is, queue, least: 1 }
}

function Bounds({
  form,
  name,
  config,
  value,
  onChange,
}: Omit<ConditionsProps, 'value' | 'onChange'> & { readonly value: Condition; onChange(value: Condition): void }) {
  const t = planWords.value
  if (value.is === 'hours') {
    const words = { open: t.openStates.open, closed: t.openStates.closed }
    return (
      <>
        <ChoiceField
          form={form}
          name={`${name}.hours`}
          label={t.of}
          value={value.hours}
          options={Object.keys(config.hours)}
          words={{}}
          onChange={(hours) => onChange({ ...value, hours })}
        />
        <ChoiceField
          form={form}
          name={`${name}.open`}
          label={t.isOpen}
          value={value.open ? 'open' : 'closed'}
          options={['open', 'closed']}
          words={words}
          onChange={(state) => onChange({ ...value, open: state === 'open' })}
        />
      </>
    )
  }
  const per = value.is === 'predicted' ? 1_000 : 1
  const bound = (which: 'least' | 'most') => (figure: number | undefined) => {
    const { [which]: _, ...rest } = value
    onChange(figure === undefined ? rest : { ...rest, [which]: figure })
  }
  return (
    <>
      <ChoiceField
        form={form}
        name={`${name}.queue`}
        label={t.of}
        value={value.queue}
        options={Object.keys(config.queues)}
        words={namesOf(config.queues)}
        onChange={(queue) => onChange({ ...value, queue })}
      />
      <NumberField
        form={form}
        name={`${name}.least`}
        label={t.least}
        per={per}
        value={value.least}
        onChange={bound('least')}
      />
      <NumberField
        form={form}
        name={`${name}.most`}
        label={t.most}
        per={per}
        value={value.most}
        onChange={bound('most')}
      />
    </>
  )
}

export const namesOf = (parts: Readonly<Record<string, { readonly name: string }>>): Record<string, string> =>
  Object.fromEntries(Object.entries(parts).map(([id, { name }]) => [id, name]))
