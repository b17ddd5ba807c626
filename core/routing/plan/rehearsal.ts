/** What would happen to a contact that nobody serves: its plan rehearsed under given figures, by the same steps that a wait takes. */
import { own } from '../../own.ts'
import type { Hours } from '../../protocol/config.ts'
import type { Plan, PlanStep } from '../../protocol/plan.ts'
import { requirement } from '../needs.ts'
import { normal } from '../requirement/normal.ts'
import { print } from '../requirement/print.ts'
import { advance, begin, type QueueFigures, standing, stepsOf } from './course.ts'

export interface Scene {
  readonly plans: Readonly<Record<string, Plan>>
  readonly hours: Readonly<Record<string, Hours>>
  /** They stay as they are. A queue that is not named tells nothing. */
  readonly figures: Readonly<Record<string, QueueFigures>>
  /** When the wait begins, and how long it is followed, in ms. */
  readonly from: number
  readonly length: number
}

export interface Happening {
  /** From the beginning of the wait, in ms. */
  readonly after: number
  readonly plan: string
  /** Where the contact waits from then on, and what it asks of an agent there, written as an expression. */
  readonly waits: readonly { readonly queue: string; readonly asks: string }[]
  /** Points of priority since the beginning. */
  readonly raise: number
  readonly says: readonly string[]
  /** One agent is asked before all others. */
  readonly prefers: boolean
  readonly offer: PlanStep['offer'] | null
  readonly leads: string | null
  readonly end: string | null
}

/** Plans that lead to each other without waiting are refused; one that is not checked yet may do so. */
const MOST = 100

/** In the order of time; ends early when the wait does. */
export function rehearse(scene: Scene, id: string): readonly Happening[] {
  const happenings: Happening[] = []
  let now = scene.from
  let here = { id, course: begin(now), raised: 0 }
  while (happenings.length < MOST) {
    const plan = own(scene.plans, here.id)
    if (plan === undefined) break
    const { took, course, over, wakeAt } = advance(stepsOf(plan), here.course, told(scene), now)
    if (took.length > 0) happenings.push(happening(scene, here, stepsOf(plan), { took, course, over }, now))
    if (over !== null && 'end' in over) break
    if (over !== null) {
      const { raise } = standing(plan.steps, course)
      here = { id: over.plan, course: begin(now), raised: here.raised + raise }
      continue
    }
    if (wakeAt === null || wakeAt > scene.from + scene.length) break
    here = { ...here, course }
    now = wakeAt
  }
  return happenings
}

type Taken = Pick<ReturnType<typeof advance>, 'took' | 'course' | 'over'>

function happening(
  scene: Scene,
  here: { readonly id: string; readonly raised: number },
  steps: readonly PlanStep[],
  { took, course, over }: Taken,
  now: number,
): Happening {
  const { queues, raise, offer } = standing(steps, course)
  const waits = Object.entries(queues).map(([queue, need]) => ({ queue, asks: print(normal(requirement(need))) }))
  return {
    after: now - scene.from,
    plan: here.id,
    waits: over === null ? waits : [],
    raise: here.raised + raise,
    says: took.flatMap(({ say }) => (say === undefined || say === '' ? [] : [say])),
    prefers: took.some(({ prefer }) => prefer !== undefined),
    offer: over === null ? (offer ?? null) : null,
    leads: over !== null && 'plan' in over ? over.plan : null,
    end: over !== null && 'end' in over ? over.end : null,
  }
}

/** Every queue has answered, if only that it knows nothing. */
function told({ plans, figures, hours }: Scene) {
  const conditions = Object.values(plans).flatMap(({ steps }) => steps.flatMap(({ when = [] }) => when))
  const named = conditions.flatMap((condition) => (condition.is === 'hours' ? [] : [condition.queue]))
  const unknown = { waiting: null, agents: null, predicted: null }
  return { hours, queues: { ...Object.fromEntries(named.map((queue) => [queue, unknown])), ...figures } }
}
