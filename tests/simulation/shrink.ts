/** Finds a shorter script that breaks the same rule: fewer acts, then fewer actions, half by half. */
import { type Options, type Outcome, simulate } from './simulate.ts'
import type { Act, Script } from './workload/script.ts'

/** Runs that a search may take. */
const TRIES = 60

export async function shrink(
  outcome: Outcome,
  options: Options,
): Promise<{ shortest: Outcome; left: number; of: number }> {
  const of = count(outcome.script)
  let shortest = outcome
  let tries = 0
  const attempt = async (script: Script): Promise<boolean> => {
    if (tries >= TRIES) return false
    tries += 1
    const again = await simulate(outcome.seed, { ...options, script })
    if (again.violation?.rule !== outcome.violation?.rule) return false
    shortest = again
    return true
  }
  const [first] = outcome.script.acts
  if (first !== undefined && outcome.script.acts.length > 1) await attempt({ ...outcome.script, acts: [first] })
  for (
    let size = Math.ceil(longest(shortest.script) / 2);
    size >= 1 && tries < TRIES;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < longest(shortest.script); ) {
      const { script } = shortest
      const acts = script.acts.map(
        (act): Act => ({ ...act, actions: act.actions.filter((_, i) => i < from || i >= from + size) }),
      )
      if (!(await attempt({ ...script, acts }))) from += size
      if (tries >= TRIES) break
    }
  }
  return { shortest, left: count(shortest.script), of }
}

function count({ acts }: Script): number {
  return acts.reduce((sum, { actions }) => sum + actions.length, 0)
}

function longest({ acts }: Script): number {
  return Math.max(0, ...acts.map(({ actions }) => actions.length))
}
