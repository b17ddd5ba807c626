/** One plan: its steps as a form, what is wrong at its field, what would happen, and its publication. */
import { useSignal } from '@preact/signals'
import type * as z from 'zod/mini'
import { faultsIn } from '../../../core/book/faults.ts'
import { own } from '../../../core/own.ts'
import { type PublishedConfig, PublishedVersion } from '../../../core/protocol/api.ts'
import { Plan } from '../../../core/protocol/plan.ts'
import { fieldText } from '../../i18n/field-errors.ts'
import { planWords } from '../../i18n/plans.ts'
import { newId } from '../../net/ids.ts'
import { call } from '../api.ts'
import { Confirm } from '../office/confirm.tsx'
import { Form, useForm } from '../office/form.tsx'
import { go } from '../place.ts'
import { blank, type Draft, type DraftStep, draftOf, planOf, written } from './draft.ts'
import { NumberField, TextField } from './inputs.tsx'
import { Rehearsal } from './rehearsal.tsx'
import { Step } from './step.tsx'

interface EditorProps {
  readonly id: string
  readonly published: z.infer<typeof PublishedConfig>
  onReload(): Promise<void>
}

const SECOND = 1_000

export function Editor({ id, published, onReload }: EditorProps) {
  const t = planWords.value
  const prefix = `plans.${id}.`
  const form = useForm((field) => (field.startsWith(prefix) ? field.slice(prefix.length) : field))
  const now = useSignal(published)
  const before = own(published.config.plans, id)
  const draft = useSignal<Draft>(before === undefined ? blank : draftOf(before))
  const note = useSignal('')
  const news = useSignal<PublishedVersion | null>(null)
  const { config } = now.value
  const put = (change: Partial<Draft>) => {
    draft.value = { ...draft.value, ...change }
  }
  const putStep = (n: number, step: DraftStep) =>
    put({ steps: draft.value.steps.map((each, i) => (i === n ? step : each)) })

  /** Publishes the configuration with these plans; what is wrong with them is shown. */
  const publish = async (plans: Readonly<Record<string, Plan>>) => {
    news.value = null
    const wanted = { ...config, plans }
    const path = `/api/v1/config?base=${now.value.version}&note=${encodeURIComponent(note.value)}`
    const sent = await form.send(() => call('PUT', path, PublishedVersion, wanted, { 'idempotency-key': newId() }))
    if (sent === undefined || sent.value === null) return false
    now.value = { version: sent.value.version, config: wanted }
    news.value = sent.value
    return true
  }
  const save = async () => {
    const plan = form.check(Plan, written(draft.value))
    if (plan === undefined) return
    const plans = { ...config.plans, [id]: plan }
    const wrong = [...faultsIn({ ...config, plans })].filter(({ field }) => field.startsWith(prefix))
    if (wrong.length === 0) await publish(plans)
    else form.wrong.value = wrong.map(({ field, message }) => ({ field: field.slice(prefix.length), message }))
  }
  const drop = async () => {
    const { [id]: _, ...others } = config.plans
    if (!(await publish(others))) return
    await onReload()
    go({ at: 'plans', page: '', query: {} })
  }
  // Somebody else has published meanwhile.
  const isBehind = form.wrong.value.some(({ field }) => field === 'base')
  return (
    <div class="parts">
      <Form
        form={form}
        label={draft.value.name ?? id}
        button={t.publish}
        onSend={save}
        more={before !== undefined && <Confirm label={t.drop} question={t.dropAsk} run={drop} />}
      >
        <TextField
          form={form}
          name="name"
          label={t.name}
          value={draft.value.name ?? ''}
          onChange={(name) => put({ name })}
        />
        {draft.value.steps.map((step, n) => (
          <Step
            key={n}
            {...{ form, n, config, step }}
            onChange={(changed) => putStep(n, changed)}
            onRemove={
              draft.value.steps.length === 1 ? null : () => put({ steps: draft.value.steps.filter((_, i) => i !== n) })
            }
          />
        ))}
        <button
          type="button"
          class="btn line"
          onClick={() =>
            put({
              steps: [
                ...draft.value.steps,
                { after: (draft.value.steps.at(-1)?.after ?? 0) + 30 * SECOND, queues: [], raise: 0 },
              ],
            })
          }
        >
          {t.addStep}
        </button>
        <Ending form={form} draft={draft.value} onChange={put} />
        <TextField
          form={form}
          name="note"
          label={t.note}
          value={note.value}
          onChange={(text) => {
            note.value = text
          }}
        />
      </Form>
      {news.value !== null && <News news={news.value} prefix={prefix} />}
      {isBehind && (
        <button type="button" class="btn line" onClick={() => void onReload()}>
          {t.reload}
        </button>
      )}
      <Rehearsal id={id} plan={planOf(draft.value)} config={config} />
    </div>
  )
}

interface EndingProps {
  readonly form: ReturnType<typeof useForm>
  readonly draft: Draft
  onChange(change: Partial<Draft>): void
}

/** What holds for the plan as a whole. */
function Ending({ form, draft: { fallback = null, answerWithin }, onChange }: EndingProps) {
  const t = planWords.value
  const after = fallback?.after ?? 300 * SECOND
  return (
    <section class="planstep" aria-label={t.fallback}>
      <h3>{t.fallback}</h3>
      <label class="tick">
        <input
          type="checkbox"
          name="ends"
          checked={fallback !== null}
          onChange={({ currentTarget }) => onChange({ fallback: currentTarget.checked ? { after, notice: '' } : null })}
        />
        {t.fallbackOn}
      </label>
      {fallback !== null && (
        <>
          <NumberField
            form={form}
            name="fallback.after"
            label={t.after}
            per={SECOND}
            value={fallback.after}
            onChange={(to) => onChange({ fallback: { ...fallback, after: to ?? Number.NaN } })}
          />
          <TextField
            form={form}
            name="fallback.notice"
            label={t.notice}
            long
            value={fallback.notice}
            onChange={(notice) => onChange({ fallback: { ...fallback, notice } })}
          />
        </>
      )}
      <NumberField
        form={form}
        name="answerWithin"
        label={t.answerWithin}
        hint={t.answerHint}
        per={SECOND}
        value={answerWithin}
        onChange={(to) => onChange({ answerWithin: to })}
      />
    </section>
  )
}

/** That it is published, and what is legal in this plan but likely not meant. */
function News({
  news: { version, warnings = [] },
  prefix,
}: {
  readonly news: PublishedVersion
  readonly prefix: string
}) {
  const t = planWords.value
  const ours = warnings.filter(({ field }) => `${field}.`.startsWith(prefix))
  return (
    <div class="once" role="status" data-testid="published" data-version={version}>
      <p>{t.published(version)}</p>
      {ours.length > 0 && (
        <>
          <p>{t.warnings}</p>
          <ul>
            {ours.map(({ field, message }) => (
              <li key={field}>
                {fieldText(message)} <code>{field}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
