/** Teams: what a supervisor sees is the own team's. */
import { useSignal } from '@preact/signals'
import type { Config } from '../../../core/protocol/config.ts'
import { type Visits, visits } from '../../../core/protocol/settings.ts'
import { officeWords } from '../../i18n/office.ts'
import { peopleWords } from '../../i18n/people.ts'
import { keyFor, publish, useConfig, without } from '../office/config.ts'
import { Confirm } from '../office/confirm.tsx'
import { TextField } from '../office/fields.tsx'
import { Form, useForm } from '../office/form.tsx'
import { Empty, Shown } from '../office/shown.tsx'
import { trouble } from '../work.ts'

export function Teams() {
  const t = peopleWords.value
  const book = useConfig()
  const form = useForm()
  const removing = useForm()
  const visiting = useForm()
  const name = useSignal('')
  const add = async () => {
    const made = (config: Config) => ({
      ...config,
      teams: { ...config.teams, [keyFor(name.value, config.teams)]: { name: name.value } },
    })
    if (await publish(form, book, made, `${t.addTeam}: ${name.value}`)) name.value = ''
  }
  const remove = async (key: string) => {
    const gone = (config: Config) => ({ ...config, teams: without(config.teams, key) })
    await publish(removing, book, gone, `${officeWords.value.remove}: ${key}`)
    if (removing.wrong.value.length > 0) trouble.value = t.inUse
    else if (removing.trouble.value !== '') trouble.value = removing.trouble.value
  }
  const visit = async (key: string, team: string, visits: Visits | undefined) => {
    const changed = (config: Config) => ({
      ...config,
      teams: { ...config.teams, [key]: { name: team, ...(visits === undefined ? {} : { visits }) } },
    })
    await publish(visiting, book, changed, `${t.visits}: ${team}`)
    if (visiting.trouble.value !== '') trouble.value = visiting.trouble.value
  }
  return (
    <div class="parts">
      <p class="lead">{t.teamsLead}</p>
      <Shown answer={book}>
        {({ config }) => (
          <>
            {Object.keys(config.teams).length === 0 && <Empty title={t.noTeams}>{t.noTeamsWhy}</Empty>}
            {Object.keys(config.teams).length > 0 && (
              <section class="scroll" aria-label={t.pages.teams} tabIndex={0}>
                <table class="grid">
                  <thead>
                    <tr>
                      <th scope="col">{t.team}</th>
                      <th scope="col">{t.members}</th>
                      <th scope="col">{t.teamQueues}</th>
                      <th scope="col">{t.visits}</th>
                      <th scope="col" aria-label={officeWords.value.remove} />
                    </tr>
                  </thead>
                  <tbody>
                    {Object.entries(config.teams).map(([key, team]) => (
                      <tr key={key} data-testid="team">
                        <th scope="row">{team.name}</th>
                        <td>{namesIn(config.agents, key)}</td>
                        <td>{namesIn(config.queues, key)}</td>
                        <td>
                          <VisitsSelect
                            label={`${t.visits}: ${team.name}`}
                            value={team.visits}
                            set={(visits) => visit(key, team.name, visits)}
                          />
                        </td>
                        <td class="ends">
                          <Confirm
                            label={officeWords.value.remove}
                            question={t.removeTeam(team.name)}
                            run={() => remove(key)}
                          />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            )}
            <Form form={form} label={t.addTeam} button={t.addTeam} onSend={add}>
              <TextField
                form={form}
                name="teams"
                label={t.teamName}
                value={name.value}
                onChange={(value) => {
                  name.value = value
                }}
              />
            </Form>
          </>
        )}
      </Shown>
    </div>
  )
}

interface VisitsProps {
  readonly label: string
  readonly value: Visits | undefined
  set(visits: Visits | undefined): unknown
}

/** How a free agent of the team chooses among its queues. It is published as soon as it is chosen. */
function VisitsSelect({ label, value, set }: VisitsProps) {
  const t = peopleWords.value
  return (
    <select
      class="input"
      aria-label={label}
      data-testid="visits"
      value={value ?? ''}
      onChange={({ currentTarget }) => void set(visits.find((each) => each === currentTarget.value))}
    >
      <option value="">{t.visitsOwn}</option>
      {visits.map((each) => (
        <option key={each} value={each}>
          {t.visitsBy[each]}
        </option>
      ))}
    </select>
  )
}

type Belongs = { readonly name: string; readonly team?: string | undefined }
const namesIn = (all: Readonly<Record<string, Belongs>>, team: string): string =>
  Object.values(all)
    .filter((one) => one.team === team)
    .map(({ name }) => name)
    .join(', ')
