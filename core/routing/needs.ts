/** Whether an agent has what a contact asks for. */
import type { Need } from '../protocol/config.ts'

/** The level in the queue, and every named skill at its least level; a skill the agent lacks counts as 0. */
export function meets(
  has: { readonly level: number; readonly skills: Readonly<Record<string, number>> },
  need: Need,
): boolean {
  if (has.level < need.level) return false
  for (const [skill, level] of Object.entries(need.skills)) {
    if ((has.skills[skill] ?? 0) < level) return false
  }
  return true
}

/** The same text for needs that the same agents meet. */
export function needKey(need: Need): string {
  const skills = Object.entries(need.skills).map(([skill, level]) => `${skill}=${level}`)
  return `${need.level} ${skills.sort().join(' ')}`
}
