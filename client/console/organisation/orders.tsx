/** A queue's two orders: which contact is next, and which free agent gets it. */
import type { QueueConfig } from '../../../core/protocol/config.ts'
import { byAge, type ContactOrder, mayStarve } from '../../../core/routing/contacts.ts'
import { orderWords } from '../../i18n/orders.ts'
import { type Option, SelectField } from '../office/fields.tsx'
import { RankedField } from '../office/ranked.tsx'
import type { FieldsProps } from './section.tsx'

type Criterion = Extract<ContactOrder, { by: 'list' }>['list'][number]
type AgentCriterion = QueueConfig['agentOrder'][number]

const contactCriteria: readonly Criterion[] = (['grade', 'priority', 'waiting', 'deadline'] as const).flatMap((by) => [
  { by, direction: by === 'deadline' ? 'asc' : 'desc' },
  { by, direction: by === 'deadline' ? 'desc' : 'asc' },
])
const agentCriteria: readonly AgentCriterion[] = [
  { by: 'level', direction: 'desc' },
  { by: 'idle', direction: 'asc' },
  { by: 'load', direction: 'asc' },
  { by: 'occupancy', direction: 'asc' },
  { by: 'served', direction: 'asc' },
]

export function OrderFields({ form, draft, set, config }: FieldsProps<QueueConfig>) {
  const t = orderWords.value
  const { contactOrder = byAge, agentOrder } = draft
  const skills = Object.keys(config.skills).map((skill) => ({ by: 'skill', skill, direction: 'desc' }) as const)
  return (
    <>
      <SelectField
        form={form}
        name="contactOrder"
        label={t.contacts}
        options={[
          { id: 'score', name: t.contactsBy.score },
          { id: 'list', name: t.contactsBy.list },
        ]}
        value={contactOrder.by}
        onChange={(by) => set({ contactOrder: by === 'list' ? { by, list: [first] } : byAge })}
      />
      {contactOrder.by === 'list' && (
        <RankedField
          form={form}
          name="contactOrder.list"
          label={t.list}
          hint={t.listHint}
          options={optionsOf([...contactCriteria, ...contactOrder.list], contactName)}
          value={contactOrder.list.map(idOf)}
          onChange={(ids) =>
            set({ contactOrder: { by: 'list', list: chosen(ids, [...contactOrder.list, ...contactCriteria]) } })
          }
        />
      )}
      <p role="status" class="caution" data-testid="starves">
        {mayStarve(contactOrder) && t.starves}
      </p>
      <RankedField
        form={form}
        name="agentOrder"
        label={t.agents}
        hint={t.agentsHint}
        options={optionsOf([...agentCriteria, ...skills, ...agentOrder], agentName)}
        value={agentOrder.map(idOf)}
        onChange={(ids) => set({ agentOrder: chosen(ids, [...agentOrder, ...agentCriteria, ...skills]) })}
      />
    </>
  )
}

const first: Criterion = { by: 'priority', direction: 'desc' }

/** Two of the same id are compared by the same thing. */
function idOf(criterion: Criterion | AgentCriterion): string {
  if (criterion.by === 'channel') return 'channel'
  const what =
    criterion.by === 'attribute' ? ` ${criterion.name}` : criterion.by === 'skill' ? ` ${criterion.skill}` : ''
  return `${criterion.by}${what} ${criterion.direction}`
}

function chosen<C extends Criterion | AgentCriterion>(ids: readonly string[], known: readonly C[]): C[] {
  return ids.flatMap((id) => known.find((each) => idOf(each) === id) ?? [])
}

function optionsOf<C extends Criterion | AgentCriterion>(
  all: readonly C[],
  nameOf: (criterion: C) => string,
): Option[] {
  return [...new Map(all.map((each) => [idOf(each), { id: idOf(each), name: nameOf(each) }])).values()]
}

function contactName(criterion: Criterion): string {
  const t = orderWords.value
  if (criterion.by === 'channel') return t.channel
  return criterion.by === 'attribute'
    ? t.attribute(criterion.name)
    : t.criteria[`${criterion.by} ${criterion.direction}`]
}

function agentName(criterion: AgentCriterion): string {
  const t = orderWords.value
  if (criterion.by === 'skill') return t.skill(criterion.skill)
  const known = Object.entries(t.agentCriteria).find(([id]) => id === idOf(criterion))
  return known?.[1] ?? idOf(criterion)
}
