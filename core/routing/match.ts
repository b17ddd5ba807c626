/** Who gets whom: the best contact for an agent, and the best agent for a contact. Whoever matches, matches by these two. */
import type { Lanes } from './lanes.ts'

/** Whether a contact and an agent suit each other. */
export interface Suiting<C, A> {
  /** By what all contacts of a kind, and all agents of a kind, have in common. */
  readonly kinds: (contact: C, agent: A) => boolean
  /** By what is between these two alone, as a cool-down. */
  readonly pair: (contact: C, agent: A) => boolean
}

export class Matcher<C, A> {
  readonly #suiting: Suiting<C, A>

  constructor(suiting: Suiting<C, A>) {
    this.#suiting = suiting
  }

  contactFor(agent: A, waiting: Lanes<C>): C | undefined {
    const { kinds, pair } = this.#suiting
    return waiting.first(
      (contact) => kinds(contact, agent),
      (contact) => pair(contact, agent),
    )
  }

  agentFor(contact: C, idle: Lanes<A>): A | undefined {
    const { kinds, pair } = this.#suiting
    return idle.first(
      (agent) => kinds(contact, agent),
      (agent) => pair(contact, agent),
    )
  }
}
