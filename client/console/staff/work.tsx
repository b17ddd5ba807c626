/** Which work somebody gets: team, queues, skills, how much at once. A part of the configuration, published at once. */
import { useSignal } from '@preact/signals'
import type * as z from 'zod/mini'
import { own } from '../../../core/own.ts'
import type { PublishedConfig } from '../../../core/protocol/api.ts'
import type { AgentConfig, Config } from '../../../core/protocol/config.ts'
import { eachMedium, type Medium, media } from '../../../core/protocol/media.ts'
import { visits } from '../../../core/protocol/settings.ts'
import { mediaWords } from '../../i18n/media.ts'
import { peopleWords } from '../../i18n/people.ts'
import type { Answer } from '../office/answer.ts'
import { publish, useConfig } from '../office/config.ts'
import { LevelsField, NumberField, type Option, optionsOf, SelectField } from '../office/fields.tsx'
import { Form, useForm } from '../office/form.tsx'
import { RankedField } from '../office/ranked.tsx'
import { Shown } from '../office/shown.tsx'

interface WorkProps {
  readonly id: string
  readonly name: string
}

export function Work({ id, name }: WorkProps) {
  const t = peopleWords.value
  const book = useConfig()
  return (
    <section class="parts" aria-label={t.routing}>
      <div>
        <h3>{t.routing}</h3>
        <p class="lead">{t.routingLead}</p>
      </div>
      <Shown answer={book}>{({ config }) => <Profile id={id} name={name} config={config} book={book} />}</Shown>
    </section>
  )
}

interface ProfileProps extends WorkProps {
  readonly config: Config
  readonly book: Answer<z.infer<typeof PublishedConfig>>
}

function Profile({ id, name, config, book }: ProfileProps) {
  const t = peopleWords.value
  const form = useForm((field) => field.replace(`agents.${id}.`, ''))
  const agent = Object.hasOwn(config.agents, id) ? config.agents[id] : undefined
  const draft = useSignal({
    team: agent?.team ?? '',
    queues: Object.fromEntries((agent?.queues ?? []).map(({ queue, level }) => [queue, level])),
    order: (agent?.queues ?? []).map(({ queue }) => queue),
    strict: agent?.strict ?? false,
    skills: agent?.skills ?? {},
    capacity: eachMedium((medium) => agent?.capacity[medium] ?? Number.NaN),
  })
  const set = (more: Partial<typeof draft.value>) => {
    draft.value = { ...draft.value, ...more }
  }
  const { team, queues, strict, skills, capacity } = draft.value
  const ofTeam = team === '' ? undefined : own(config.teams, team)?.visits
  const send = () =>
    publish(
      form,
      book,
      (newest) => ({ ...newest, agents: { ...newest.agents, [id]: profileOf(newest.agents[id], draft.value, name) } }),
      t.noteOf(name),
    )
  return (
    <Form form={form} label={t.routing} onSend={send}>
      {Object.keys(queues).length === 0 && <p class="hint">{t.routingNone}</p>}
      <SelectField
        form={form}
        name="team"
        label={t.team}
        options={optionsOf(config.teams)}
        none={t.commonTeam}
        value={team}
        onChange={(value) => set({ team: value })}
      />
      <LevelsField
        form={form}
        name="queues"
        label={t.queues}
        options={optionsOf(config.queues)}
        value={queues}
        onChange={(value) => set({ queues: value })}
      />
      <SelectField
        form={form}
        name="strict"
        label={t.visits}
        hint={ofTeam === undefined ? undefined : t.visitsOfTeam}
        options={visits.map((each) => ({ id: each, name: t.visitsBy[each] }))}
        value={ofTeam ?? (strict ? 'order' : 'rank')}
        onChange={(value) => set({ strict: value === 'order' })}
      />
      <RankedField
        form={form}
        name="order"
        label={t.queueOrder}
        hint={t.queueOrderHint}
        options={optionsOf(config.queues)}
        value={orderOf(draft.value)}
        onChange={(order) => set({ order: [...order] })}
        fixed
      />
      <LevelsField
        form={form}
        name="skills"
        label={t.skills}
        options={skillOptions(config)}
        value={skills}
        onChange={(value) => set({ skills: value })}
      />
      {media.map((medium) => (
        <NumberField
          key={medium}
          form={form}
          name={`capacity.${medium}`}
          label={mediaWords.value.atOnce[medium]}
          hint={t.atOnceHint(config.media[medium].capacity)}
          value={capacity[medium]}
          onChange={(value) => set({ capacity: { ...capacity, [medium]: value } })}
        />
      ))}
    </Form>
  )
}

interface Draft {
  readonly team: string
  /** As it was chosen; queues that came since stand last. */
  readonly order: readonly string[]
  readonly strict: boolean
  readonly queues: Readonly<Record<string, number>>
  readonly skills: Readonly<Record<string, number>>
  /** NaN: as everybody. */
  readonly capacity: Readonly<Record<Medium, number>>
}

/** Queues in the agent's own order; new ones come last. */
const orderOf = ({ order, queues }: Pick<Draft, 'order' | 'queues'>): string[] => [
  ...new Set([...order.filter((queue) => Object.hasOwn(queues, queue)), ...Object.keys(queues)]),
]

function profileOf(before: AgentConfig | undefined, draft: Draft, name: string): AgentConfig {
  const { team, queues, strict, skills, capacity } = draft
  const { team: _team, ...rest } = before ?? { name, autoAnswer: false }
  return {
    ...rest,
    ...(team === '' ? {} : { team }),
    strict,
    queues: orderOf(draft).map((queue) => ({ queue, level: queues[queue] ?? 1 })),
    skills: { ...skills },
    capacity: Object.fromEntries(Object.entries(capacity).filter(([, units]) => !Number.isNaN(units))),
  }
}

/** The declared skills; while none is, those that anybody has. */
function skillOptions(config: Config): Option[] {
  const declared = optionsOf(config.skills)
  if (declared.length > 0) return declared
  const all = Object.values(config.agents).flatMap(({ skills }) => Object.keys(skills))
  return [...new Set(all)].sort().map((id) => ({ id, name: id }))
}
