/** Whether every lease that was ever given has ended, or is held by exactly the one to whom it was given. */
import type { ItemRow } from '../../core/protocol/agent.ts'
import type { StaffEntry, StaffView } from '../../core/protocol/conversation.ts'

/** From a conversation's own entries: leases grow, and each ends before the next is given. */
export function leaseFaults(stored: readonly StaffEntry[], view: StaffView | null): readonly string[] {
  const faults: string[] = []
  let held: number | null = null
  let last = 0
  for (const { seq, body } of stored) {
    if (body.type === 'offered') {
      if (held !== null) faults.push(`lease ${body.lease} was given at ${seq} while ${held} was held`)
      if (body.lease <= last) faults.push(`lease ${body.lease} was given at ${seq} after ${last}`)
      held = last = body.lease
    }
    if (body.type === 'lost')
      faults.push(`lease ${body.lease} was lost at ${seq}, though its console came back at once`)
    if (body.type === 'declined' || body.type === 'lost' || body.type === 'closed') held = null
  }
  const now = view?.owner?.lease ?? view?.offer?.lease ?? null
  if (now !== held) faults.push(`the conversation holds lease ${now}, its entries say ${held}`)
  return faults
}

interface Watched {
  readonly conversation: string
  readonly view: StaffView | null
}

/** Between conversations and agents, at rest: who owns by one, owns by the other, under the same lease. */
export function matchFaults(
  conversations: readonly Watched[],
  agents: readonly { agent: string; items: readonly ItemRow[] }[],
): readonly string[] {
  const given = conversations.flatMap(({ conversation, view }) =>
    view?.owner ? [`${view.owner.agent} owns ${conversation} under ${view.owner.lease}`] : [],
  )
  const held = agents.flatMap(({ agent, items }) =>
    items.map(
      ({ conversation, state, lease }) =>
        `${agent} ${state === 'owned' ? 'owns' : state} ${conversation} under ${lease}`,
    ),
  )
  return [
    ...held.filter((one) => !given.includes(one)).map((one) => `${one}, says the agent alone`),
    ...given.filter((one) => !held.includes(one)).map((one) => `${one}, says the conversation alone`),
  ]
}
