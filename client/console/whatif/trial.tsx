/** What is to be tried with a day: more or fewer agents, other plans. */
import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { ConfigVersionList } from '../../../core/protocol/api.ts'
import type { RoutingConfig, TrafficAnswer } from '../../../core/protocol/whatif.ts'
import { writeContacts, writeShifts } from '../../../core/whatif/file.ts'
import { whatIfWords } from '../../i18n/whatif.ts'
import { useEveryPage } from '../office/every-page.ts'
import { mayDo } from '../office/places.ts'
import { type Draft, takeDraft } from './draft.ts'
import { Outcome } from './outcome.tsx'
import { Player } from './play.ts'
import { OWN, plansOf, routingOf, type Wanted } from './routing.ts'

const SEEDS = [5, 10, 20, 40] as const
const targets = { within: 20_000, short: 5_000 }

/** What is chosen to be tried; it stays when another day is. */
export interface Choice {
  readonly wanted: Signal<Wanted>
  readonly crew: Signal<Readonly<Record<string, number>>>
  readonly seeds: Signal<number>
  readonly draft: Draft | null
}

export function useChoice(): Choice {
  const draft = useMemo(takeDraft, [])
  const wanted = useSignal<Wanted>({ by: draft === null ? '' : OWN, plans: '' })
  const crew = useSignal<Readonly<Record<string, number>>>({})
  return { wanted, crew, seeds: useSignal(10), draft }
}

interface TrialProps {
  readonly day: TrafficAnswer
  readonly zone: string
  readonly choice: Choice
}

export function Trial({ day, zone, choice }: TrialProps) {
  const t = whatIfWords.value
  const { traffic, config, version } = day
  const player = useMemo(() => new Player(), [])
  useEffect(() => () => player.stop(), [])
  const { wanted, crew, seeds, draft } = choice
  const wrong = useSignal('')
  const run = async () => {
    const { by, plans } = wanted.value
    const routing = await routingOf(config, { by, plans: plans === '' ? plansOf(config, draft) : plans })
    wrong.value = routing.ok ? '' : routing.error
    if (routing.ok)
      player.play({
        question: { traffic, config, change: { config: routing.value, agents: crew.value }, targets },
        seeds: seeds.value,
      })
  }
  const now = player.now.value
  return (
    <>
      <p class="t2">
        {t.found(traffic.contacts.length, new Set(traffic.shifts.map(({ agent }) => agent)).size, version)}
      </p>
      <form
        class="parts"
        aria-label={t.change}
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        <Crew
          config={config}
          crew={crew.value}
          onChange={(next) => {
            crew.value = next
          }}
        />
        <Routing
          config={config}
          draft={draft}
          wanted={wanted.value}
          onChange={(next) => {
            wanted.value = next
          }}
        />
        <p class="err" role="alert">
          {wrong.value}
        </p>
        <div class="filters">
          <label class="field">
            <span class="label">{t.seeds}</span>
            <select
              class="input"
              value={String(seeds.value)}
              onChange={(event) => {
                seeds.value = Number(event.currentTarget.value)
              }}
            >
              {SEEDS.map((one) => (
                <option key={one} value={String(one)}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="btn primary" data-testid="play">
            {t.run}
          </button>
          {now.is === 'playing' && (
            <button type="button" class="btn line" onClick={() => player.stop()}>
              {t.stop}
            </button>
          )}
        </div>
      </form>
      <p class="t2" role="status" data-testid="played">
        {now.is === 'playing' && t.playing(now.told?.done ?? 0, now.seeds)}
        {now.is === 'done' && t.played(now.told?.done ?? 0)}
        {now.is === 'failed' && t.failed}
      </p>
      {(now.is === 'playing' || now.is === 'done') && now.told !== null && (
        <Outcome answer={now.told.answer} zone={zone} />
      )}
      <div class="top">
        <h2 class="grow">{t.files}</h2>
        <button type="button" class="btn line" onClick={() => save('traffic.csv', writeContacts(traffic.contacts))}>
          {t.trafficFile}
        </button>
        <button type="button" class="btn line" onClick={() => save('agents.csv', writeShifts(traffic.shifts))}>
          {t.agentsFile}
        </button>
      </div>
      <p class="t2">{t.filesWhy}</p>
    </>
  )
}

interface CrewProps {
  readonly config: RoutingConfig
  readonly crew: Readonly<Record<string, number>>
  onChange(crew: Readonly<Record<string, number>>): void
}

function Crew({ config, crew, onChange }: CrewProps) {
  const t = whatIfWords.value
  return (
    <fieldset class="field">
      <legend class="label">{t.crew}</legend>
      <p class="t2">{t.crewHint}</p>
      <div class="filters">
        {Object.entries(config.queues).map(([id, { name }]) => (
          <label class="field" key={id}>
            <span class="label">{name}</span>
            <input
              class="input"
              type="number"
              min={-200}
              max={200}
              step={1}
              data-testid={`crew-${id}`}
              value={crew[id] ?? 0}
              // As it is typed: a day that is done meanwhile draws the page anew. A mere sign is no number yet.
              onInput={({ currentTarget: { valueAsNumber } }) => {
                if (!Number.isNaN(valueAsNumber)) onChange({ ...crew, [id]: Math.trunc(valueAsNumber) })
              }}
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface RoutingProps {
  readonly config: RoutingConfig
  readonly draft: Draft | null
  readonly wanted: Wanted
  onChange(wanted: Wanted): void
}

function Routing({ config, draft, wanted, onChange }: RoutingProps) {
  const t = whatIfWords.value
  return (
    <>
      <label class="field narrow">
        <span class="label">{t.routing}</span>
        <select
          class="input"
          data-testid="routing"
          value={wanted.by}
          onChange={({ currentTarget: { value } }) => onChange({ ...wanted, by: value })}
        >
          <option value="">{t.asToday}</option>
          <option value={OWN}>{t.ownPlans}</option>
          {mayDo('config.read') && <Versions />}
        </select>
      </label>
      {wanted.by === OWN && (
        <label class="field">
          <span class="label">{t.plans}</span>
          <textarea
            class="input mono"
            rows={14}
            spellcheck={false}
            data-testid="plans-text"
            value={wanted.plans === '' ? plansOf(config, draft) : wanted.plans}
            onInput={(event) => onChange({ ...wanted, plans: event.currentTarget.value })}
          />
          <span class="t2">{t.plansHint}</span>
        </label>
      )}
    </>
  )
}

function Versions() {
  const t = whatIfWords.value
  const versions = useEveryPage('/api/v1/config/versions', ConfigVersionList, 'cursor')
  return (
    <>
      {versions.map(({ version, at, note }) => (
        <option key={version} value={String(version)}>
          {t.version(version, at, note)}
        </option>
      ))}
    </>
  )
}

function save(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
