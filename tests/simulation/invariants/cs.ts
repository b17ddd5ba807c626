/**
 * CS: who is asked or consulted in private is so beside the owner who asked, and so is a hold; nobody who is consulted owns it.
 * At rest an owner's actor knows the last word of what its console does not look at.
 */
import { AgentFacts, ConversationFacts } from '../facts/facts.ts'
import type { MakeRule } from './rule.ts'

export const cs: MakeRule = ({ facts, hit, fail }) => {
  function check({ name, talk }: ConversationFacts) {
    const { owner, offer, seek, consult, hold } = talk
    if (consult !== null) {
      hit('CS consults')
      const isBeside = owner?.lease === consult.by && owner.agent !== consult.agent
      if (!isBeside) fail('CS', `${name} has a consult ${JSON.stringify(consult)} beside ${JSON.stringify(owner)}`)
    }
    const isAsked = offer?.consult === true || seek?.consult === true
    if (isAsked) hit('CS asked')
    if (isAsked && (owner === null || consult !== null)) fail('CS', `${name} asks in private for nobody`)
    if (hold === null) return
    hit('CS holds')
    if (owner?.lease !== hold.lease) fail('CS', `${name} is on hold under lease ${hold.lease}, which is over`)
  }

  /** An item that is no consult and is owned is the owner's: the colleague never holds the owner's lease. */
  function checkItems(agent: AgentFacts) {
    for (const { conversation, lease, state, card } of agent.items.values()) {
      const talk = facts.conversations.get(conversation)?.talk
      if (card?.consult === undefined || state !== 'owned' || talk === undefined) continue
      hit('CS in hand')
      if (talk.owner?.lease === lease) fail('CS', `${agent.name} owns ${conversation} by a consult`)
    }
  }

  return {
    commit({ actor }) {
      if (actor instanceof ConversationFacts) check(actor)
      if (actor instanceof AgentFacts) checkItems(actor)
    },
    rest() {
      for (const { name, id, talk, home } of facts.conversations.values()) {
        const owner = talk.owner === null ? undefined : facts.agents.get(talk.owner.agent)
        const looks = home.sockets.some(
          (s) => s.open && s.greeted && s.principal.kind === 'staff' && s.principal.id === owner?.id,
        )
        if (owner === undefined || looks) continue
        const rows = home.disk.exec('SELECT body FROM entries WHERE pub IS NOT NULL ORDER BY seq')
        const said = rows.map(({ body }) => Object(JSON.parse(String(body))))
        const last =
          said.findLast(({ body, from }) => body.type === 'message' && from.role !== 'system')?.body.text ?? null
        const known = owner.items.get(id)?.card?.last?.text ?? null
        hit('CS news')
        if (known !== last) fail('CS', `at rest ${owner.name} takes ${known} for the last word of ${name}, not ${last}`)
      }
    },
  }
}
