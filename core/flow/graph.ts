/** Which nodes of a flow lead to which: what is never reached, and what would go round without anybody saying a word. */
import { own } from '../own.ts'
import type { Flow, FlowNode } from '../protocol/flow.ts'

export interface Edge {
  readonly to: string
  /** Where the node says so. */
  readonly field: string
  /** Only somebody's answer leads this way. */
  readonly byAnswer: boolean
}

export function nextOf(node: FlowNode): Edge[] {
  const edge = (to: string, field: string, byAnswer = false): Edge => ({ to, field, byAnswer })
  switch (node.do) {
    case 'say':
    case 'play':
    case 'set':
    case 'voicemail':
    case 'flow':
      return [edge(node.next, 'next')]
    case 'menu':
      return [
        ...node.options.map(({ next }, n) => edge(next, `options.${n}.next`, true)),
        edge(node.otherwise, 'otherwise'),
      ]
    case 'collect':
    case 'language':
      return [edge(node.next, 'next', true), edge(node.otherwise, 'otherwise')]
    case 'hours':
      return [edge(node.open, 'open'), edge(node.closed, 'closed')]
    case 'branch':
      return [...node.cases.map(({ next }, n) => edge(next, `cases.${n}.next`)), edge(node.otherwise, 'otherwise')]
    case 'lookup':
      return [edge(node.next, 'next'), edge(node.otherwise, 'otherwise')]
    case 'transfer':
      return [edge(node.otherwise, 'otherwise')]
    case 'queue':
    case 'hangup':
    case 'return':
      return []
  }
}

/** All nodes that can be come to. */
export function reachable(flow: Flow): ReadonlySet<string> {
  const reached = new Set([flow.start])
  // A set is walked through to its end, what is added on the way too.
  for (const id of reached) {
    const node = own(flow.nodes, id)
    for (const { to } of node === undefined ? [] : nextOf(node)) reached.add(to)
  }
  return reached
}

/**
 * Nodes that lead to each other without anybody's answer, in their order; null: there are none. Silence is no answer, and
 * neither is what was not understood as often as it was asked.
 */
export function circleIn(flow: Flow): readonly [string, ...string[]] | null {
  const done = new Set<string>()
  const walk = (id: string, path: readonly string[]): readonly [string, ...string[]] | null => {
    const from = path.indexOf(id)
    const [first, ...more] = path.slice(from)
    if (from >= 0 && first !== undefined) return [first, ...more]
    const node = own(flow.nodes, id)
    if (done.has(id) || node === undefined) return null
    for (const { to, byAnswer } of nextOf(node)) {
      const found = byAnswer ? null : walk(to, [...path, id])
      if (found !== null) return found
    }
    done.add(id)
    return null
  }
  for (const id of Object.keys(flow.nodes)) {
    const found = walk(id, [])
    if (found !== null) return found
  }
  return null
}
