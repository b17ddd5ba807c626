/** Who waits in a queue, and by hand to whom: the agent is asked as by a plan, and says why when it does not take it. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { stateOf } from '../../../core/floor/answer.ts'
import { own } from '../../../core/own.ts'
import type { WaitingRow } from '../../../core/protocol/agent.ts'
import { ConversationCommandAnswer } from '../../../core/protocol/api.ts'
import type { FloorAgent, FloorQueue } from '../../../core/protocol/floor.ts'
import { workOf } from '../../../core/protocol/media.ts'
import { faultText } from '../../i18n/faults.ts'
import { floorWords } from '../../i18n/floor.ts'
import { duration } from '../../i18n/locale.ts'
import { newId } from '../../net/ids.ts'
import { MediumPill } from '../../ui/medium.tsx'
import { hashOf } from '../address.ts'
import { call } from '../api.ts'
import { whyText } from '../inbox/events.ts'
import { inOrder, openQueue, openTalk, type QueuePeer, type StaffTalk, trouble } from '../work.ts'
import { givenTo } from './given.ts'

interface ByHandProps {
  readonly queue: FloorQueue
  readonly agents: readonly FloorAgent[]
  readonly at: number
  close(): void
}

export function ByHand({ queue: { queue, name }, agents, at, close }: ByHandProps) {
  const t = floorWords.value
  const peer = useSignal<QueuePeer | null>(null)
  /** Who was given to whom: they stay on the screen until the list is closed, with what became of it. */
  const given = useSignal<ReadonlyMap<string, Given>>(new Map())
  useEffect(() => {
    const opened = openQueue(queue)
    peer.value = opened
    return () => opened.end()
  }, [queue])
  const waiting = inOrder(peer.value)
  const isWaiting = ({ key }: WaitingRow) => waiting.some((row) => row.key === key)
  const gone = [...given.value.values()].map(({ row }) => row).filter((row) => !isWaiting(row))
  return (
    <div class="part" data-testid="by-hand">
      <div class="top">
        <h2 id="floor-by-hand" class="grow">
          {t.whoWaits(name)}
        </h2>
        <button type="button" class="btn line sm" onClick={close}>
          {t.hide}
        </button>
      </div>
      <section class="scroll" aria-labelledby="floor-by-hand" tabIndex={0}>
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">{t.contact}</th>
              <th scope="col">{t.waited}</th>
              <th scope="col">{t.assign}</th>
            </tr>
          </thead>
          <tbody>
            {[...gone, ...waiting].map((row) => {
              const to = given.value.get(row.conversation)?.agent
              return (
                <tr key={row.key} data-conversation={row.conversation}>
                  <th scope="row">
                    <a href={hashOf({ at: 'inbox', conversation: row.conversation })}>{row.customer}</a>{' '}
                    <MediumPill work={workOf(row)} />
                  </th>
                  <td class="num">{duration(at - row.since)}</td>
                  <td>
                    {to !== undefined && <Outcome conversation={row.conversation} agent={to} agents={agents} />}
                    {isWaiting(row) && (
                      <Give
                        row={row}
                        agents={agents}
                        given={(agent) => {
                          given.value = new Map(given.value).set(row.conversation, { row, agent })
                        }}
                      />
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </div>
  )
}
interface Given {
  readonly row: WaitingRow
  readonly agent: string
}

interface GiveProps {
  readonly row: WaitingRow
  readonly agents: readonly FloorAgent[]
  given(agent: string): void
}

function Give({ row, agents, given }: GiveProps) {
  const t = floorWords.value
  const agent = useSignal('')
  const force = useSignal(false)
  const give = async (event: SubmitEvent) => {
    event.preventDefault()
    const path = `/api/v1/conversations/${row.conversation}/commands`
    const body = { agent: agent.value, force: force.value }
    const answer = await call('POST', path, ConversationCommandAnswer, { id: newId(), name: 'assign', body })
    if (answer.ok) given(agent.value)
    else trouble.value = `${row.customer} · ${faultText(answer)}`
  }
  return (
    <form class="row" onSubmit={give}>
      <select
        class="input"
        required
        aria-label={t.assignTo(row.customer)}
        value={agent.value}
        onChange={({ currentTarget }) => {
          agent.value = currentTarget.value
        }}
      >
        <option value="">{t.toWhom}</option>
        {agents.map((one) => (
          <option key={one.key} value={one.agent}>
            {one.name} · {t.states[stateOf(one)]}
          </option>
        ))}
      </select>
      <label class="tick">
        <input
          type="checkbox"
          aria-label={t.forceOf(row.customer)}
          checked={force.value}
          onChange={({ currentTarget }) => {
            force.value = currentTarget.checked
          }}
        />
        {t.force}
      </label>
      <button type="submit" class="btn sm">
        {t.assign}
      </button>
    </form>
  )
}

interface OutcomeProps {
  readonly conversation: string
  readonly agent: string
  readonly agents: readonly FloorAgent[]
}

/** Read from the conversation itself, live. */
function Outcome({ conversation, agent, agents }: OutcomeProps) {
  const t = floorWords.value
  const talk = useSignal<StaffTalk | null>(null)
  useEffect(() => {
    const opened = openTalk(conversation)
    talk.value = opened
    return () => opened.end()
  }, [conversation])
  const name = agents.find((one) => one.agent === agent)?.name ?? agent
  const became = givenTo(agent, talk.value?.entries.value ?? [])
  const why = became.is === 'refused' ? (own<string>(t.whys, became.why) ?? whyText(became.why)) : ''
  return (
    <p role="status" data-testid="given" data-is={became.is}>
      {became.is === 'refused' ? t.given.refused(name, why) : t.given[became.is](name)}
    </p>
  )
}
