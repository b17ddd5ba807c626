/** What would happen to a contact that nobody serves, under figures that somebody types. */
import { useSignal } from '@preact/signals'
import { own } from '../../../core/own.ts'
import type { Config } from '../../../core/protocol/config.ts'
import type { Plan } from '../../../core/protocol/plan.ts'
import type { QueueFigures } from '../../../core/routing/plan/course.ts'
import { type Happening, rehearse } from '../../../core/routing/plan/rehearsal.ts'
import { duration } from '../../i18n/locale.ts'
import { planWords } from '../../i18n/plans.ts'
import { useForm } from '../office/form.tsx'
import { go } from '../place.ts'
import { type Draft, handDraft } from '../whatif/draft.ts'
import { NumberField } from './inputs.tsx'

const SECOND = 1_000
const MINUTE = 60_000
const unknown: QueueFigures = { waiting: null, agents: null, predicted: null }
const figureNames = ['waiting', 'agents', 'predicted'] as const

interface RehearsalProps {
  readonly id: string
  /** Null while the draft is none. */
  readonly plan: Plan | null
  readonly config: Config
}

export function Rehearsal({ id, plan, config }: RehearsalProps) {
  const t = planWords.value
  const form = useForm()
  const from = useSignal(Date.now())
  const minutes = useSignal<number | undefined>(10)
  const figures = useSignal<Readonly<Record<string, QueueFigures>>>({})
  const plans = plan === null ? config.plans : { ...config.plans, [id]: plan }
  const length = (minutes.value ?? 0) * MINUTE
  const course =
    plan === null
      ? null
      : rehearse({ plans, hours: config.hours, figures: figures.value, from: from.value, length }, id)
  return (
    <section class="parts" aria-labelledby="rehearsal-title" data-testid="rehearsal">
      <div>
        <h2 id="rehearsal-title">{t.rehearsal}</h2>
        <p class="t2">{t.rehearsalLead}</p>
      </div>
      <div class="planrow">
        <div class="field">
          <label class="label" for="rehearsal-from">
            {t.begins}
          </label>
          <input
            class="input"
            id="rehearsal-from"
            type="datetime-local"
            value={local(from.value)}
            onInput={({ currentTarget }) => {
              const at = new Date(currentTarget.value).getTime()
              if (!Number.isNaN(at)) from.value = at
            }}
          />
        </div>
        <NumberField
          form={form}
          name="minutes"
          label={t.minutes}
          value={minutes.value}
          onChange={(to) => {
            minutes.value = to
          }}
        />
      </div>
      {watchedQueues(plans, id).map((queue) => (
        <div class="planrow" key={queue}>
          {figureNames.map((is) => (
            <NumberField
              key={is}
              form={form}
              name={`${queue}.${is}`}
              label={`${own(config.queues, queue)?.name ?? queue}: ${t.figureOf[is]}`}
              per={is === 'predicted' ? SECOND : 1}
              value={own(figures.value, queue)?.[is] ?? undefined}
              onChange={(to) => {
                const before = own(figures.value, queue) ?? unknown
                figures.value = { ...figures.value, [queue]: { ...before, [is]: to ?? null } }
              }}
            />
          ))}
        </div>
      ))}
      {course === null ? <p class="muted">{t.unready}</p> : <Course course={course} config={{ ...config, plans }} />}
      {plan !== null && (
        <button type="button" class="btn line" data-testid="try" onClick={() => tryOut({ id, plan })}>
          {t.tryOut}
        </button>
      )}
    </section>
  )
}

/** With the contacts of a recorded day. */
function tryOut(draft: Draft): void {
  handDraft(draft)
  go({ at: 'whatif', page: '', query: {} })
}

function Course({ course, config }: { readonly course: readonly Happening[]; readonly config: Config }) {
  const t = planWords.value
  if (course.length === 0) return <p class="muted">{t.nothing}</p>
  return (
    <ol class="course" aria-live="polite">
      {course.map((happening, n) => (
        <li key={n} data-testid="happening">
          <b>{t.at(duration(happening.after))}</b>
          <ul>
            {linesOf(happening, config).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function linesOf({ waits, raise, says, prefers, offer, leads, end }: Happening, { queues, plans }: Config): string[] {
  const t = planWords.value
  return [
    ...(prefers ? [t.prefersOne] : []),
    ...waits.map(({ queue, asks }) =>
      t.waitsIn(own(queues, queue)?.name ?? queue, asks === 'anybody' ? t.anybody : asks),
    ),
    ...(raise === 0 || waits.length === 0 ? [] : [t.points(raise)]),
    ...says.map(t.says),
    ...(offer === null || offer === undefined ? [] : [t.offered[offer]]),
    ...(leads === null ? [] : [t.leads(own(plans, leads)?.name ?? leads)]),
    ...(end === null ? [] : [t.ends(end)]),
  ]
}

/** Queues whose figures this plan, or one that it leads to, depends on. */
function watchedQueues(plans: Readonly<Record<string, Plan>>, id: string): string[] {
  const found = new Set<string>()
  const seen = new Set([id])
  for (const each of seen) {
    for (const { when = [], plan } of own(plans, each)?.steps ?? []) {
      if (plan !== undefined) seen.add(plan)
      for (const condition of when) if (condition.is !== 'hours') found.add(condition.queue)
    }
  }
  return [...found]
}

/** As `datetime-local` writes it, in the zone of this browser. */
function local(at: number): string {
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * MINUTE)
  return shifted.toISOString().slice(0, 16)
}
