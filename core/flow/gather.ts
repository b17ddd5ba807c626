/** From a configuration to what one entrance's conversations keep: the flow with all that it leads to. */
import { own } from '../own.ts'
import type { Config } from '../protocol/config.ts'
import { flowsOf } from './check.ts'
import type { Program } from './program.ts'

/** Undefined where the entrance names no flow, or none that is there. */
export function programOf(
  { flows, hours }: Pick<Config, 'flows' | 'hours'>,
  id: string | undefined,
): Program | undefined {
  if (id === undefined || !Object.hasOwn(flows, id)) return undefined
  const pick = <V>(among: Readonly<Record<string, V>>, wanted: Iterable<string>) =>
    Object.fromEntries(
      [...wanted].flatMap((name) => {
        const found = own(among, name)
        return found === undefined ? [] : [[name, found] as const]
      }),
    )
  const all = pick(flows, flowsOf(flows, id))
  const nodes = Object.values(all).flatMap((flow) => Object.values(flow.nodes))
  const named = new Set(nodes.flatMap((node) => (node.do === 'hours' ? [node.hours] : [])))
  return { flow: id, flows: all, hours: pick(hours, named) }
}

/** The plans by which a flow passes people on, beside the entrance's own. */
export function plansIn(program: Program | undefined): readonly string[] {
  const plans = Object.values(program?.flows ?? {}).flatMap(({ nodes, fallback }) =>
    [fallback, ...Object.values(nodes)].flatMap((each) =>
      each.do === 'queue' && each.plan !== undefined ? [each.plan] : [],
    ),
  )
  return [...new Set(plans)]
}
