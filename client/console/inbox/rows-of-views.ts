/** What each view of the inbox lists, from the streams that are there anyway. */
import { computed } from '@preact/signals'
import type { WaitingRow } from '../../../core/protocol/agent.ts'
import type { View } from '../address.ts'
import { fits } from '../keys/fits.ts'
import { view } from '../place.ts'
import { closed, inHand, laid, mentions, shownQueues, waitingIn } from '../work.ts'

export interface Waits {
  readonly row: WaitingRow
  /** The queues in which it waits. */
  readonly queues: readonly string[]
}

/** Who waits in any of the queues, each once, the longest wait first. */
export const unassigned = computed<readonly Waits[]>(() => {
  const each = new Map<string, Waits>()
  for (const { id } of shownQueues.value)
    for (const row of waitingIn(id)) {
      const known = each.get(row.conversation)
      each.set(row.conversation, known ? { row, queues: [...known.queues, id] } : { row, queues: [id] })
    }
  return [...each.values()].sort((a, b) => a.row.since - b.row.since)
})

/** A conversation by its customer, wherever it is listed. */
export interface Listed {
  readonly conversation: string
  readonly name: string
  readonly at: number
}

const everywhere = computed<readonly Listed[]>(() => {
  const all: Listed[] = [
    ...inHand.value.map(({ conversation, customer, since }) => ({ conversation, name: customer.name, at: since })),
    ...unassigned.value.map(({ row }) => ({ conversation: row.conversation, name: row.customer, at: row.since })),
    ...laid.value.map(({ conversation, customer, until }) => ({ conversation, name: customer.name, at: until })),
    ...mentions.value.map(({ conversation, customer, at }) => ({ conversation, name: customer, at })),
    ...closed.value.map(({ conversation, customer, at }) => ({ conversation, name: customer.name, at })),
  ]
  return [...new Map(all.reverse().map((one) => [one.conversation, one])).values()].reverse()
})

export const foundHere = (query: string): readonly Listed[] =>
  query.trim() === '' ? [] : everywhere.value.filter(({ name }) => fits(name, query))

/** How much is in each view, where that says something. */
export const countIn: Readonly<Partial<Record<View, () => number>>> = {
  mine: () => inHand.value.length,
  queues: () => shownQueues.value.reduce((sum, { id }) => sum + waitingIn(id).length, 0),
  unassigned: () => unassigned.value.length,
  mentioned: () => mentions.value.filter(({ seen }) => !seen).length,
  snoozed: () => laid.value.length,
}

const waiting = () => shownQueues.value.flatMap(({ id }) => waitingIn(id))
const listed: Readonly<Record<View, () => readonly { readonly conversation: string }[]>> = {
  all: () => [...inHand.value, ...waiting()],
  mine: () => inHand.value,
  queues: waiting,
  unassigned: () => unassigned.value.map(({ row }) => row),
  mentioned: () => mentions.value,
  snoozed: () => laid.value,
  closed: () => closed.value,
  search: () => foundHere(query()),
}
const query = () => view.value.query ?? ''

/** The conversations of the present view, from top to bottom: what the keys walk through. */
export const walked = computed(() => [...new Set(listed[view.value.name]().map(({ conversation }) => conversation))])
