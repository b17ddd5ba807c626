/** The agents: what each is doing and since when, what it has in hand, its figures, and what a supervisor may do about it. */
import { useSignal } from '@preact/signals'
import { stateOf, withPresent } from '../../../core/floor/answer.ts'
import { presences } from '../../../core/protocol/agent.ts'
import { AgentCommandAnswer } from '../../../core/protocol/api.ts'
import { type AgentFloorState, agentStates, type FloorAgent, type FloorFrame } from '../../../core/protocol/floor.ts'
import { workOf } from '../../../core/protocol/media.ts'
import { may } from '../../../core/protocol/permissions.ts'
import { faultText } from '../../i18n/faults.ts'
import { floorWords, percent } from '../../i18n/floor.ts'
import { duration } from '../../i18n/locale.ts'
import { MediumPill } from '../../ui/medium.tsx'
import { account } from '../account.ts'
import { hashOf } from '../address.ts'
import { call } from '../api.ts'
import { trouble } from '../work.ts'
import type { SpanName } from './queues.tsx'

interface AgentsProps {
  readonly agents: readonly FloorAgent[]
  readonly frame: FloorFrame
  readonly span: SpanName
  readonly at: number
}

export function Agents({ agents, ...props }: AgentsProps) {
  const t = floorWords.value
  const wanted = useSignal<AgentFloorState | ''>('')
  const shown = agents.filter((agent) => wanted.value === '' || stateOf(agent) === wanted.value)
  return (
    <div class="part">
      <div class="top">
        <h2 id="floor-agents" class="grow">
          {t.agents}
        </h2>
        <select
          class="input"
          aria-label={t.state}
          value={wanted.value}
          onChange={({ currentTarget }) => {
            wanted.value = agentStates.find((state) => state === currentTarget.value) ?? ''
          }}
        >
          <option value="">{t.anyState}</option>
          {agentStates.map((state) => (
            <option key={state} value={state}>
              {t.states[state]}
            </option>
          ))}
        </select>
      </div>
      <section class="scroll" aria-labelledby="floor-agents" tabIndex={0}>
        <table class="grid" data-testid="floor-agents">
          <thead>
            <tr>
              <th scope="col">{t.agent}</th>
              <th scope="col">{t.state}</th>
              <th scope="col">{t.inHand}</th>
              <th scope="col" class="n">
                {t.handled}
              </th>
              <th scope="col" class="n">
                {t.aht}
              </th>
              <th scope="col" class="n">
                {t.occupancy}
              </th>
              <th scope="col" class="n">
                {t.utilisation}
              </th>
              <th scope="col" class="n">
                {t.missed}
              </th>
              <th scope="col">{t.setTo}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((agent) => (
              <AgentRow key={agent.key} agent={agent} {...props} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p class="muted none">{t.nobody}</p>}
      </section>
    </div>
  )
}

const looks: Readonly<Record<AgentFloorState, string>> = {
  unknown: '',
  offline: '',
  gone: 'danger',
  'not-responding': 'danger',
  away: 'warning',
  busy: 'warning',
  ready: 'positive',
  ringing: 'accent',
  talking: 'accent',
  'wrap-up': 'accent',
}

function AgentRow({ agent, frame, span, at }: Omit<AgentsProps, 'agents'> & { readonly agent: FloorAgent }) {
  const t = floorWords.value
  const state = stateOf(agent)
  const { now, figures } = agent
  const sum = figures === null ? null : withPresent(figures[span], agent, { from: frame[span], to: at }, at)
  return (
    <tr data-agent={agent.agent} data-state={state}>
      <th scope="row">{agent.name}</th>
      <td class="nowrap">
        <span class={`pill ${looks[state]}`}>{t.states[state]}</span>{' '}
        {now?.since != null && <span class="muted num">{duration(at - now.since)}</span>}
        {now?.reason != null && <span class="muted"> · {now.reason}</span>}
      </td>
      <td>
        <InHand agent={agent} at={at} />
      </td>
      <td class="n">{sum?.handled ?? '–'}</td>
      <td class="n">{sum?.aht == null ? '–' : duration(sum.aht)}</td>
      <td class="n">{percent(sum?.occupancy ?? null)}</td>
      <td class="n">{percent(sum?.utilisation ?? null)}</td>
      <td class="n">{sum?.missed ?? '–'}</td>
      <td>
        <SetPresence agent={agent} />
      </td>
    </tr>
  )
}

function InHand({ agent: { now }, at }: { readonly agent: FloorAgent; readonly at: number }) {
  const t = floorWords.value
  const items = now?.items ?? []
  if (items.length === 0) return <span class="muted">{t.nothing}</span>
  return (
    <ul class="in-hand">
      {items.map((item, n) => (
        <li key={item.conversation}>
          <a href={hashOf({ at: 'inbox', conversation: item.conversation })} aria-label={t.open(n + 1)}>
            {duration(at - item.since)}
          </a>{' '}
          <MediumPill work={workOf(item)} />
        </li>
      ))}
    </ul>
  )
}

function SetPresence({ agent: { agent, name, team } }: { readonly agent: FloorAgent }) {
  const t = floorWords.value
  const staff = account.value?.staff
  if (staff == null || !may(staff, 'agent.presence', { staff: [agent], teams: [team] })) return null
  const set = async (presence: string) => {
    const body = { id: crypto.randomUUID(), name: 'presence', body: { presence } }
    const answer = await call('POST', `/api/v1/agents/${agent}/commands`, AgentCommandAnswer, body)
    if (!answer.ok) trouble.value = `${name} · ${faultText(answer)}`
  }
  return (
    <select
      class="input"
      aria-label={t.set(name)}
      value=""
      onChange={({ currentTarget }) => {
        void set(currentTarget.value)
        currentTarget.value = ''
      }}
    >
      <option value="" disabled>
        {t.setTo}
      </option>
      {presences.map((presence) => (
        <option key={presence} value={presence}>
          {t.presences[presence]}
        </option>
      ))}
    </select>
  )
}
