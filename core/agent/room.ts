/** How much work an agent may have, and whether there is room for more. */
import { eachMedium, isCall, isIntermittent, type Medium, media } from '../protocol/media.ts'
import { type Capacity, drains, type Excess, fits, type Terms, waits } from '../routing/capacity.ts'
import { type AgentState, type Item, mediumConfig } from './state.ts'

/** The number that the configuration gives this agent: its own, or the medium's. */
export function configuredCapacity(state: AgentState, medium: Medium): number {
  return state.profile.get().config?.capacity[medium] ?? mediumConfig(state, medium).capacity
}

/**
 * What holds now. A capacity set at run time overrides the configured one until that number itself changes: an edit
 * elsewhere in the configuration must not undo what a supervisor set this morning, an edit of this number must.
 */
export function capacity(state: AgentState, medium: Medium): number {
  const configured = configuredCapacity(state, medium)
  const set = state.self.get().capacity[medium]
  return set?.over === configured ? set.units : configured
}

export function capacities(state: AgentState): Record<Medium, number> {
  return eachMedium((medium) => capacity(state, medium))
}

/** Room for one more beside all items but the one of `besides`. */
export function hasRoom(state: AgentState, medium: Medium, besides?: string): boolean {
  return fits(medium, mediaInHand(state, besides), terms(state))
}

/** True when a live call is in hand: no second one, neither by force nor by a capacity of two. */
export function isOnCall(state: AgentState, besides?: string): boolean {
  return state.items
    .values()
    .some((item) => isCall(item.medium) && item.state !== 'wrap' && item.conversation !== besides)
}

export function isReady(state: AgentState): boolean {
  const { presence, notResponding } = state.self.get()
  return presence === 'available' && !notResponding && state.profile.get().config !== null
}

/** What the queues are asked for: nothing, unless the agent is ready and its console answers. */
export function freeNow(state: AgentState): Medium[] {
  if (!isReady(state) || !state.self.get().link) return []
  const inHand = mediaInHand(state)
  const limits = terms(state)
  return media.filter((medium) => fits(medium, inHand, limits) && (!isCall(medium) || !isOnCall(state)))
}

/** Of what was accepted, after-work too: what is only claimed or rings is in nobody's way yet. */
export function mediaTaken(state: AgentState, besides?: string): Medium[] {
  return state.items
    .values()
    .filter((item) => (item.state === 'owned' || item.state === 'wrap') && item.conversation !== besides)
    .map((item) => item.medium)
}

/** Whether an offer would have to wait for what is in hand, if it were taken: to let it ring out says nothing of the agent. */
export function wouldWait(state: AgentState, { conversation, medium }: Item): boolean {
  return waits([...mediaTaken(state, conversation), medium], terms(state)).includes(medium)
}

/** How far the work in hand is above the capacity since that was lowered; null: it is not. */
export function excess(state: AgentState): Excess<Medium> | null {
  const over = drains(mediaTaken(state), terms(state))
  return over.weight === 0 && Object.keys(over.units).length === 0 ? null : over
}

function mediaInHand(state: AgentState, besides?: string): Medium[] {
  return state.items
    .values()
    .filter((item) => item.conversation !== besides)
    .map((item) => item.medium)
}

/** What its capacity says of each medium now, and of all together. */
export function terms(state: AgentState): Capacity<Medium> {
  const of = (medium: Medium): Terms => {
    const { exclusive, weight = 1 } = mediumConfig(state, medium)
    return { units: capacity(state, medium), exclusive, weight, interruptible: canWait(state, medium) }
  }
  return { media: eachMedium(of), total: state.profile.get().config?.total ?? null }
}

/** Whether its work can wait for work that cannot: as configured, or as it is by its nature. */
export function canWait(state: AgentState, medium: Medium): boolean {
  return mediumConfig(state, medium).interruptible ?? isIntermittent(medium)
}
