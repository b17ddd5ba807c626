/** Whether a channel can carry out a flow: what only a telephone can, a chat refuses, with the place and the reason. */
import type { Flow } from '../protocol/flow.ts'
import { abilities, type Channel } from './channels.ts'
import type { FlowFault } from './check.ts'

export function* checkChannel(flow: Flow | undefined, field: string, channel: Channel): Generator<FlowFault> {
  const { cannot, waiting, unseen } = abilities[channel]
  for (const [id, node] of Object.entries(flow?.nodes ?? {})) {
    const at = `${field}.nodes.${id}`
    const why = cannot[node.do]
    if (why !== undefined) yield { field: `${at}.do`, what: why, weight: 'refused' }
    if (node.do === 'queue' && node.waiting !== undefined && waiting !== null)
      yield { field: `${at}.waiting`, what: waiting, weight: 'refused' }
    if (!unseen || (node.do !== 'menu' && node.do !== 'language')) continue
    for (const [n, { digit, words }] of node.options.entries())
      if (digit === undefined && words.length === 0)
        yield {
          field: `${at}.options.${n}.digit`,
          what: 'by telephone nobody sees it: it needs a digit or words',
          weight: 'refused',
        }
  }
  if (flow?.fallback.do === 'transfer' && cannot.transfer !== undefined)
    yield { field: `${field}.fallback.do`, what: cannot.transfer, weight: 'refused' }
}
