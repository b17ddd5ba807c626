/** One step of a plan as a form: from when, only if, where it waits, what else, what then. */
import type { Config } from '../../../core/protocol/config.ts'
import { planWords } from '../../i18n/plans.ts'
import type { FormState } from '../office/form.tsx'
import { Conditions, namesOf } from './conditions.tsx'
import type { DraftStep } from './draft.ts'
import { ChoiceField, NumberField, TextField } from './inputs.tsx'
import { Waits } from './waits.tsx'

interface StepProps {
  readonly form: FormState
  readonly n: number
  readonly config: Config
  readonly step: DraftStep
  onChange(step: DraftStep): void
  /** Null for the only one. */
  readonly onRemove: (() => void) | null
}

const SECOND = 1_000

export function Step({ onRemove, ...props }: StepProps) {
  const t = planWords.value
  const { form, n, config, step, onChange } = props
  const name = `steps.${n}`
  const leaves = step.end !== undefined ? 'end' : step.plan !== undefined ? 'plan' : 'wait'
  const then = (to: 'wait' | 'plan' | 'end') =>
    onChange({
      ...step,
      plan: to === 'plan' ? (Object.keys(config.plans)[0] ?? '') : undefined,
      end: to === 'end' ? '' : undefined,
    })
  return (
    <section class="planstep" aria-label={t.step(n + 1)} data-testid="step">
      <h3>{t.step(n + 1)}</h3>
      <NumberField
        form={form}
        name={`${name}.after`}
        label={t.after}
        per={SECOND}
        value={step.after}
        onChange={(after) => onChange({ ...step, after })}
      />
      <Conditions
        form={form}
        name={`${name}.when`}
        config={config}
        value={step.when ?? []}
        onChange={(when) => onChange({ ...step, when: when.length === 0 ? undefined : when })}
      />
      <ChoiceField
        form={form}
        name={`${name}.then`}
        label={t.next}
        value={leaves}
        options={['wait', 'plan', 'end']}
        words={t.thens}
        onChange={then}
      />
      {step.plan !== undefined && (
        <ChoiceField
          form={form}
          name={`${name}.plan`}
          label={t.plan}
          value={step.plan}
          options={Object.keys(config.plans)}
          words={namesOf(config.plans)}
          onChange={(plan) => onChange({ ...step, plan })}
        />
      )}
      {step.end !== undefined && (
        <TextField
          form={form}
          name={`${name}.end`}
          label={t.notice}
          long
          value={step.end}
          onChange={(end) => onChange({ ...step, end })}
        />
      )}
      {leaves === 'wait' && <Waits form={form} name={name} config={config} step={step} onChange={onChange} />}
      {leaves === 'wait' && <Besides {...props} name={name} />}
      {onRemove !== null && (
        <button type="button" class="btn sm line" onClick={onRemove}>
          {t.removeStep(n + 1)}
        </button>
      )}
    </section>
  )
}

/** What most steps do not do. */
function Besides({ form, step, name, onChange }: Omit<StepProps, 'onRemove'> & { readonly name: string }) {
  const t = planWords.value
  const { relax, prefer, offer, say } = step
  const isUsed =
    relax !== undefined || prefer !== undefined || offer !== undefined || say !== undefined || step.raise !== 0
  const eased = (lower: number, waive: readonly string[]) =>
    onChange({ ...step, relax: lower === 0 && waive.length === 0 ? undefined : { lower, waive: [...waive] } })
  return (
    <details open={isUsed}>
      <summary>{t.more}</summary>
      <div class="parts">
        <TextField
          form={form}
          name={`${name}.say`}
          label={t.say}
          long
          value={say ?? ''}
          onChange={(text) => onChange({ ...step, say: text === '' ? undefined : text })}
        />
        <ChoiceField
          form={form}
          name={`${name}.offer`}
          label={t.offer}
          value={offer ?? 'none'}
          options={['none', 'message', 'callback']}
          words={t.offers}
          onChange={(to) => onChange({ ...step, offer: to === 'none' ? undefined : to })}
        />
        <NumberField
          form={form}
          name={`${name}.raise`}
          label={t.raise}
          hint={t.raiseHint}
          value={step.raise}
          onChange={(raise) => onChange({ ...step, raise: raise ?? 0 })}
        />
        <NumberField
          form={form}
          name={`${name}.relax.lower`}
          label={t.relax}
          value={relax?.lower ?? 0}
          onChange={(lower) => eased(lower ?? 0, relax?.waive ?? [])}
        />
        <TextField
          form={form}
          name={`${name}.relax.waive`}
          label={t.waive}
          hint={t.waiveHint}
          value={(relax?.waive ?? []).join(', ')}
          onChange={(text) =>
            eased(
              relax?.lower ?? 0,
              text.split(/[,，]\s*/).filter((word) => word !== ''),
            )
          }
        />
        <Prefer
          form={form}
          name={`${name}.prefer`}
          value={prefer}
          onChange={(to) => onChange({ ...step, prefer: to })}
        />
      </div>
    </details>
  )
}

interface PreferProps {
  readonly form: FormState
  readonly name: string
  readonly value: DraftStep['prefer']
  onChange(value: DraftStep['prefer']): void
}

function Prefer({ form, name, value, onChange }: PreferProps) {
  const t = planWords.value
  const ring = value?.ring ?? 20 * SECOND
  const choose = (by: 'none' | 'last' | 'attribute') =>
    onChange(by === 'none' ? undefined : by === 'last' ? { by, ring } : { by, ring, name: 'manager' })
  return (
    <>
      <ChoiceField
        form={form}
        name={`${name}.by`}
        label={t.prefer}
        value={value?.by ?? 'none'}
        options={['none', 'last', 'attribute']}
        words={t.prefers}
        onChange={choose}
      />
      {value?.by === 'attribute' && (
        <TextField
          form={form}
          name={`${name}.name`}
          label={t.attribute}
          value={value.name}
          onChange={(attribute) => onChange({ ...value, name: attribute })}
        />
      )}
      {value !== undefined && (
        <NumberField
          form={form}
          name={`${name}.ring`}
          label={t.ring}
          per={SECOND}
          value={value.ring}
          onChange={(to) => onChange({ ...value, ring: to ?? Number.NaN })}
        />
      )}
    </>
  )
}
