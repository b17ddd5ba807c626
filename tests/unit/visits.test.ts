/** Whose queues are visited how: strictly in the agent's own order, or the best of all by rank, as its team decides. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AgentState, agentModel } from '../../core/agent/model.ts'
import { agentSlice } from '../../core/book/slices.ts'
import { address } from '../../core/ids.ts'
import { Config, type ConfigInput } from '../../core/protocol/config.ts'
import type { Medium } from '../../core/protocol/media.ts'
import type { Visits } from '../../core/protocol/settings.ts'
import { agent, conversation, Harness, org, queue, staff } from '../support/harness.ts'

const queues = ['sales', 'care', 'tech', 'night']
const plain = (visits: Visits | undefined, strict: boolean, order: readonly string[]): ConfigInput => ({
  organisation: 'Acme',
  queues: Object.fromEntries(queues.map((id) => [id, { name: id }])),
  plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
  entrances: { chat: 'chat' },
  teams: { north: { name: 'North', ...(visits === undefined ? {} : { visits }) } },
  agents: { ann: { name: 'Ann', team: 'north', strict, queues: order.map((id) => ({ queue: id })) } },
})
const sliceOf = (visits: Visits | undefined, strict: boolean, order: readonly string[] = queues) =>
  agentSlice(1, Config.parse(plain(visits, strict, order)), 'ann')

interface Answer {
  readonly medium: Medium
  readonly since: number
  readonly priority: number
}

/** The agent asks these queues, in its own order, and hears these answers, in this order; what it claims. */
async function claimed(
  how: { readonly visits: Visits | undefined; readonly strict: boolean },
  answers: readonly (Answer | null)[],
  arriving: readonly number[],
): Promise<string | undefined> {
  const order = queues.slice(0, answers.length)
  const h: Harness<AgentState> = new Harness(address(org, 'agent', agent('ann')), agentModel)
  h.receive(address(org, 'book', 'book'), sliceOf(how.visits, how.strict, order))
  h.connect(staff('ann'))
  h.command(staff('ann'), 'presence', { presence: 'available' })
  const { v } = h.state.question.get()
  for (const at of arriving) {
    const id = queue(order[at] ?? '')
    const answer = answers[at] ?? null
    const candidate = answer === null ? null : { ...answer, conversation: conversation(`of-${id}`), stay: 1 }
    h.receive(address(org, 'queue', id), { type: 'bid', queue: id, v, candidate })
  }
  return (await h.sentOf('claim'))[0]?.via
}

/** What is written of both, word for word. */
function expected(isStrict: boolean, answers: readonly (Answer | null)[]): string | undefined {
  const offered = answers.flatMap((answer, at) => (answer === null ? [] : [{ ...answer, queue: queues[at] ?? '' }]))
  if (isStrict) return offered[0]?.queue
  const best = Math.min(...offered.map(({ since, priority }) => since - 60_000 * priority))
  const first = offered.filter(({ since, priority }) => since - 60_000 * priority === best)
  return first.map(({ queue }) => queue).sort()[0]
}

const answer = fc.option(
  fc.record({
    medium: fc.constantFrom<Medium>('chat', 'voice'),
    since: fc.integer({ min: 0, max: 5 }).map((minutes) => minutes * 60_000),
    priority: fc.integer({ min: 0, max: 3 }),
  }),
)
const round = fc
  .array(answer, { minLength: 1, maxLength: queues.length })
  .chain((answers) =>
    fc.tuple(fc.constant(answers), fc.shuffledSubarray([...answers.keys()], { minLength: answers.length })),
  )

describe('a free agent', () => {
  it.each<[Visits | undefined, boolean, boolean]>([
    ['order', false, true],
    ['rank', true, false],
    [undefined, true, true],
    [undefined, false, false],
  ])(
    'RT19: of a team that says %s, itself strict %s, visits its queues strictly: %s',
    async (visits, strict, isStrict) => {
      expect(sliceOf(visits, strict).config?.strict).toBe(isStrict)
      await fc.assert(
        fc.asyncProperty(round, async ([answers, arriving]) => {
          expect(await claimed({ visits, strict }, answers, arriving)).toBe(expected(isStrict, answers))
        }),
        { numRuns: 150 },
      )
    },
  )
})
