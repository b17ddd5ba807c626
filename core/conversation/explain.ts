/** What a conversation answers when somebody asks why it waits, and why its agents got it: from its state and its entries. */
import type { Account, Assignment, Standing } from '../protocol/explanation.ts'
import { isLed, plan } from './known.ts'
import { want } from './seeking.ts'
import { type ConversationState, isOpen, rungOf, type Talk } from './state.ts'

const AT_ONCE = 200
/** How many assignments are told. */
const MOST = 50

/** As of `now` (ms). */
export function account(state: ConversationState, now: number): Account {
  return { standing: standingOf(state, now), assignments: assignmentsOf(state).slice(-MOST).reverse() }
}

function standingOf(state: ConversationState, now: number): Standing {
  const talk = state.talk.get()
  const { seek: search, offer, owner, snooze, since } = talk
  const steps = search?.steps ?? []
  const rung = rungOf(talk)
  // One whose time has come waits for its conditions, or is left out.
  const next = search === null ? undefined : steps.find(({ after }, i) => i > search.step && search.t0 + after > now)
  const fallback = plan(state)?.fallback ?? null
  const queues = Object.entries(isOpen(talk) ? want(talk) : {})
  return {
    is: isLed(state) ? 'bot' : nameOf(talk),
    since,
    until: snooze?.until ?? null,
    agent: (offer ?? owner)?.agent ?? null,
    ...(rung.length < 2 ? {} : { ringing: rung.map(({ agent }) => agent) }),
    preferred: offer !== null && offer.res === '',
    step: (search?.step ?? -1) + 1,
    steps: steps.length,
    nextStepAt: search === null || next === undefined ? null : search.t0 + next.after,
    fallbackAt: search === null || fallback === null ? null : search.t0 + fallback.after,
    queues: queues.map(([queue, { level, skills, where }]) => ({ queue, level, skills, where: where ?? null })),
    cooling: Object.entries(talk.avoid).map(([agent, until]) => ({ agent, until })),
  }
}

function nameOf({ openedAt, closed, offer, owner, snooze, fallback }: Talk): Standing['is'] {
  if (closed !== null) return 'closed'
  if (offer !== null) return 'ringing'
  if (owner !== null) return 'talking'
  if (snooze !== null) return snooze.why === 'hours' ? 'hours' : 'laid-aside'
  if (fallback !== null) return 'fallback'
  return openedAt === null ? 'new' : 'waiting'
}

/** Every offer that was ever made, and how it ended. */
function assignmentsOf({ log }: ConversationState): Assignment[] {
  const found = new Map<number, Assignment>()
  const ringing = new Set<number>()
  const end = (outcome: string, leases: Iterable<number> = ringing) => {
    for (const lease of leases) {
      const offer = found.get(lease)
      if (ringing.delete(lease) && offer !== undefined) found.set(lease, { ...offer, outcome })
    }
  }
  for (let last = 0; last < log.head; ) {
    const entries = log.after(last, AT_ONCE)
    for (const { body: said } of entries) {
      const { body, at } = said
      if (body.type === 'offered') {
        if (body.beside !== true) end('withdrawn')
        const { agent, lease, via = null, why = null, decision = null } = body
        found.set(lease, { at, agent, lease, via, why, decision, outcome: null })
        ringing.add(lease)
      } else if (body.type === 'joined') end('accepted')
      else if (body.type === 'declined') end(body.how ?? 'declined', [body.lease])
      else if (body.type === 'closed') end('withdrawn')
    }
    last = entries.at(-1)?.seq ?? log.head
  }
  return [...found.values()]
}
