/** A plan that somebody edits and wants to try before it is published: the editor hands it over. */
import type { Plan } from '../../../core/protocol/plan.ts'

export interface Draft {
  readonly id: string
  readonly plan: Plan
}

let handed: Draft | null = null

export function handDraft(draft: Draft): void {
  handed = draft
}

/** Once: who comes again by another way tries something else. */
export function takeDraft(): Draft | null {
  const draft = handed
  handed = null
  return draft
}
