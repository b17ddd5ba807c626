/** Operations: how the installation is, and what does not get through. */
import { OpsStatus } from '../../../core/protocol/api.ts'
import { dateTime } from '../../i18n/locale.ts'
import { operationsWords } from '../../i18n/operations.ts'
import { useAnswer } from '../office/answer.ts'
import { Shown } from '../office/shown.tsx'
import { Stuck } from './stuck.tsx'

export default function Operations() {
  const t = operationsWords.value
  const status = useAnswer('/api/ops/status', OpsStatus)
  return (
    <div class="office" data-testid="operations">
      <div class="top">
        <h1 class="grow">{t.title}</h1>
        <button type="button" class="btn line" onClick={() => void status.again()}>
          {t.refresh}
        </button>
      </div>
      <p class="lead">{t.lead}</p>
      <Shown answer={status}>{(found) => <Status status={found} />}</Shown>
      <Stuck />
    </div>
  )
}

function Status({ status }: { readonly status: OpsStatus }) {
  const t = operationsWords.value
  const { databases, protocol, deployed, config, stuck, runs, at } = status
  const health = (isWell: boolean) => (
    <span class={`pill ${isWell ? 'positive' : 'danger'}`}>{isWell ? t.answers : t.silent}</span>
  )
  return (
    <>
      <section class="parts" aria-label={t.status}>
        <h2>{t.status}</h2>
        <dl class="facts" data-testid="status">
          <div>
            <dt>{t.parts.record}</dt>
            <dd>{health(databases.record)}</dd>
          </div>
          <div>
            <dt>{t.parts.search}</dt>
            <dd>{health(databases.search)}</dd>
          </div>
          <div>
            <dt>{t.parts.protocol}</dt>
            <dd>{t.version(protocol)}</dd>
          </div>
          <div>
            <dt>{t.parts.deployed}</dt>
            <dd data-testid="deployed">
              <code>{deployed.id.slice(0, 8)}</code> · {dateTime(deployed.at)}
            </dd>
          </div>
          <div>
            <dt>{t.parts.config}</dt>
            <dd>{config === null ? t.noVersion : t.version(config)}</dd>
          </div>
          <div>
            <dt>{t.parts.stuck}</dt>
            <dd>
              <span class={`pill ${stuck > 0 ? 'warning' : ''}`}>{stuck}</span>
            </dd>
          </div>
        </dl>
        <p class="hint" role="status">
          {t.fresh(dateTime(at))}
        </p>
      </section>
      <section class="parts" aria-label={t.duties}>
        <div>
          <h2>{t.duties}</h2>
          <p class="lead">{t.dutiesLead}</p>
        </div>
        <section class="scroll" aria-label={t.duties} tabIndex={0}>
          <table class="grid">
            <thead>
              <tr>
                <th scope="col">{t.duty}</th>
                <th scope="col" class="n">
                  {t.waiting}
                </th>
                <th scope="col" class="n">
                  {t.failing}
                </th>
                <th scope="col">{t.since}</th>
                <th scope="col">{t.lastRun}</th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <Duty key={run.name} run={run} left={status.duties.find(({ name }) => name === run.name)} />
              ))}
            </tbody>
          </table>
        </section>
      </section>
    </>
  )
}

interface DutyProps {
  readonly run: OpsStatus['runs'][number]
  /** Absent where there is nothing to count. */
  readonly left: OpsStatus['duties'][number] | undefined
}

function Duty({ run: { name, ranAt, failedSince }, left }: DutyProps) {
  const t = operationsWords.value
  const { waiting, failing = 0, since = null } = left ?? {}
  return (
    <tr data-testid={`duty-${name}`}>
      <th scope="row">{t.names[name]}</th>
      <td class="n">{waiting ?? '–'}</td>
      <td class="n">{failing > 0 ? <span class="pill warning">{failing}</span> : (left?.failing ?? '–')}</td>
      <td>{since === null ? '–' : dateTime(since)}</td>
      <td>
        {ranAt === null ? t.never : dateTime(ranAt)}
        {failedSince !== null && <span class="pill danger">{t.failedSince(dateTime(failedSince))}</span>}
      </td>
    </tr>
  )
}
