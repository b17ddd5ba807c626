/** A plan as somebody writes it: what is being typed may be missing, or no number yet. */
import { Plan, type PlanStep } from '../../../core/protocol/plan.ts'

type Open<T> = { readonly [K in keyof T]?: T[K] | undefined }
export type DraftStep = Open<PlanStep>
export type Draft = Omit<Open<Plan>, 'steps'> & { readonly steps: readonly DraftStep[] }
export type Condition = NonNullable<PlanStep['when']>[number]
export type Places = PlanStep['queues']

export const blank: Draft = { name: '', steps: [{ after: 0, queues: [], raise: 0 }], fallback: null }

/** For the form, a step names its queues in one of two lists: both together are exactly these. */
export const draftOf = ({ steps, ...plan }: Plan): Draft => ({
  ...plan,
  steps: steps.map((step) =>
    step.queues.length > 0 && step.also !== undefined
      ? { ...step, queues: [...step.queues, ...step.also], also: undefined }
      : step,
  ),
})

/** Without what is missing, as it would cross the wire. */
export const written = (draft: Draft): unknown => JSON.parse(JSON.stringify(draft))

/** The plan, if the draft is one. */
export function planOf(draft: Draft): Plan | null {
  const parsed = Plan.safeParse(written(draft))
  return parsed.success ? parsed.data : null
}
