/** A flow as a text in YAML: written, and read with the place of everything that is wrong. */
import { type Document, isMap, isNode, LineCounter, parseDocument, stringify } from 'yaml'
import { explain } from '../protocol/explain.ts'
import { Flow } from '../protocol/flow.ts'
import type { Channel } from './channels.ts'
import { type Around, checkEntrance, checkFlow, type FlowFault } from './check.ts'

/** What is wrong, by line and column from 1. `weight` as {@link checkFlow} has it. */
export interface PlacedFault {
  readonly line: number
  readonly column: number
  /** Within the flow: `nodes.menu.options.0.next`; '' for the text as a whole. */
  readonly field: string
  readonly what: string
  readonly weight: 'refused' | 'warned'
}

export interface ReadFlow {
  /** Null where the text is no flow at all. */
  readonly flow: Flow | null
  readonly faults: readonly PlacedFault[]
}

export const flowToYaml = (flow: Flow): string => stringify(flow, { lineWidth: 110 })

/**
 * Reads a text as the flow `id` among what it may name, and as the flow of an entrance if a channel is given. With a fault that
 * is `refused` it is not to be published.
 */
export function readFlow(text: string, id: string, around: Around, channel?: Channel): ReadFlow {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number) => ({ line: lines.linePos(offset).line || 1, column: lines.linePos(offset).col || 1 })
  const fault = (
    path: readonly PropertyKey[],
    what: string,
    weight: PlacedFault['weight'] = 'refused',
  ): PlacedFault => ({
    ...at(offsetOf(document, path)),
    field: path.map(String).join('.'),
    what,
    weight,
  })
  if (document.errors.length > 0)
    return {
      flow: null,
      faults: document.errors.map(({ pos, message }) => ({
        ...at(pos[0]),
        field: '',
        what: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message,
        weight: 'refused',
      })),
    }
  const input: unknown = document.toJS()
  const parsed = Flow.safeParse(input)
  if (!parsed.success)
    return { flow: null, faults: parsed.error.issues.map((issue) => fault(issue.path, explain(issue))) }
  const flow = parsed.data
  const among = { ...around, flows: { ...around.flows, [id]: flow } }
  const faults: FlowFault[] = [...checkFlow(among, id)]
  if (channel !== undefined) faults.push(...checkEntrance(among.flows, id, channel))
  const prefix = `flows.${id}.`
  const pathOf = (field: string) => (field.startsWith(prefix) ? field.slice(prefix.length).split('.') : [])
  return {
    flow,
    faults: [
      // The schema drops what it does not know; in a text that is a slip of the pen.
      ...unknownIn(input, flow, []).map((path) => fault(path, 'there is no such field')),
      // What is wrong in another flow that this one leads to stands there; here it has no line of its own.
      ...faults.map(({ field, what, weight }) =>
        fault(pathOf(field), field.startsWith(prefix) ? what : `${field}: ${what}`, weight),
      ),
    ],
  }
}

/** Where a field stands, or the nearest one around it that does. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === String(last)) : undefined
    const here = pair?.key ?? document.getIn(path.slice(0, length), true)
    if (isNode(here) && here.range) return here.range[0]
  }
  return 0
}

function unknownIn(given: unknown, known: unknown, path: readonly string[]): string[][] {
  if (typeof given !== 'object' || given === null || typeof known !== 'object' || known === null) return []
  return Object.entries(given).flatMap(([key, value]) =>
    Object.hasOwn(known, key) ? unknownIn(value, Reflect.get(known, key), [...path, key]) : [[...path, key]],
  )
}
