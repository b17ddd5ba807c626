/** The versions of the configuration: who published what, when and why, what differs between two, and the way back. */
import { useSignal } from '@preact/signals'
import { ConfigChanges, ConfigVersionList, PublishedVersion } from '../../../core/protocol/api.ts'
import { faultText } from '../../i18n/faults.ts'
import { dateTime } from '../../i18n/locale.ts'
import { officeWords } from '../../i18n/office.ts'
import { versionWords } from '../../i18n/versions.ts'
import { focusOnMount } from '../../ui/parts.tsx'
import { call } from '../api.ts'
import { useAnswer, usePages } from '../office/answer.ts'
import { mayDo, type OfficeProps } from '../office/places.ts'
import { Empty, More, Shown } from '../office/shown.tsx'
import { go } from '../place.ts'
import { Changes } from './changes.tsx'
import './versions.css'

type Version = ConfigVersionList['items'][number]

const path = '/api/v1/config'
/** So many paths stand for all that a version changed. */
const inShort = 3

export default function Versions({ place: { query } }: OfficeProps) {
  const t = versionWords.value
  const versions = usePages(`${path}/versions?limit=10`, ConfigVersionList, 'cursor')
  const said = useSignal('')
  return (
    <div class="office" data-testid="versions">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <p role="status" class="said">
        {said.value}
      </p>
      <Shown answer={versions}>
        {(items) => {
          const newest = items[0]?.version
          if (newest === undefined) return <Empty title={t.none}>{t.noneWhy}</Empty>
          const compared = { from: Number(query['from'] ?? newest - 1), to: Number(query['to'] ?? newest) }
          return (
            <>
              <ol class="versions">
                {items.map((one) => (
                  <Row
                    key={one.version}
                    one={one}
                    newest={newest}
                    hasBefore={one.version > 1 && items.at(-1) !== one}
                    onReturn={async (text) => {
                      said.value = text
                      await versions.again()
                    }}
                  />
                ))}
              </ol>
              <More pages={versions} />
              {newest > 1 && <Compare items={items} compared={compared} />}
            </>
          )
        }}
      </Shown>
    </div>
  )
}

interface RowProps {
  readonly one: Version
  readonly newest: number
  /** Whether the version before is known to be kept. */
  readonly hasBefore: boolean
  onReturn(text: string): Promise<void>
}

function Row({ one, newest, hasBefore, onReturn }: RowProps) {
  const t = versionWords.value
  const { version, at, byName, note, returnTo } = one
  return (
    <li data-testid="version" data-version={version}>
      <p class="top">
        <strong>{t.version(version)}</strong>
        {version === newest && <span class="pill accent">{t.live}</span>}
        <span class="muted">
          {dateTime(at)} · {byName ?? t.somebody}
        </span>
      </p>
      {(returnTo !== null || note !== '') && (
        <p class="why">
          {[returnTo === null ? '' : t.backTo(returnTo), note].filter((part) => part !== '').join(' · ')}
        </p>
      )}
      {hasBefore ? <Short version={version} /> : <p class="muted">{t.first}</p>}
      {version !== newest && mayDo('config.publish') && <GoBack to={version} base={newest} onReturn={onReturn} />}
    </li>
  )
}

function Short({ version }: { readonly version: number }) {
  const t = versionWords.value
  const { now } = useAnswer(`${path}/changes?from=${version - 1}&to=${version}`, ConfigChanges)
  if (now.at !== 'there') return <p class="muted">…</p>
  const { changes } = now.value
  const compare = () => go({ at: 'versions', page: '', query: { from: String(version - 1), to: String(version) } })
  if (changes.length === 0) return <p class="muted">{t.same}</p>
  return (
    <p class="short">
      <button type="button" class="btn sm line" onClick={compare}>
        {t.changed(changes.length)}
      </button>
      <span class="muted">
        {changes
          .slice(0, inShort)
          .map((change) => change.path)
          .join(', ')}
        {changes.length > inShort && '…'}
      </span>
    </p>
  )
}

interface GoBackProps {
  readonly to: number
  /** What is live as far as this screen knows: who was faster is not overwritten. */
  readonly base: number
  onReturn(text: string): Promise<void>
}

function GoBack({ to, base, onReturn }: GoBackProps) {
  const t = versionWords.value
  const asking = useSignal(false)
  const busy = useSignal(false)
  const trouble = useSignal('')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value || !(event.currentTarget instanceof HTMLFormElement)) return
    busy.value = true
    const note = String(new FormData(event.currentTarget).get('note') ?? '').trim()
    const key = { 'idempotency-key': crypto.randomUUID() }
    const body = { base, ...(note === '' ? {} : { note }) }
    const answer = await call('POST', `${path}/versions/${to}/return`, PublishedVersion, body, key)
    busy.value = false
    if (answer.ok && answer.value !== null) {
      asking.value = false
      return onReturn(t.returned(to, answer.value.version))
    }
    if (!answer.ok && answer.code === 'conflict') return onReturn(t.faster)
    trouble.value = answer.ok ? '' : answer.status === 0 ? officeWords.value.unreachable : faultText(answer)
  }
  if (!asking.value)
    return (
      <button type="button" class="btn sm line" data-testid="go-back" onClick={() => (asking.value = true)}>
        {t.goBack}
      </button>
    )
  return (
    <form class="back" onSubmit={(event) => void submit(event)}>
      <p>{t.ask(to)}</p>
      <label class="field">
        <span class="label">{t.word}</span>
        <input class="input" name="note" maxLength={200} ref={focusOnMount} />
      </label>
      <p class="err" role="alert">
        {trouble.value}
      </p>
      <button type="submit" class="btn sm primary" aria-disabled={busy.value}>
        {t.confirm}
      </button>
      <button type="button" class="btn sm line" onClick={() => (asking.value = false)}>
        {officeWords.value.cancel}
      </button>
    </form>
  )
}

interface Chosen {
  readonly currentTarget: HTMLSelectElement
}
interface CompareProps {
  readonly items: readonly Version[]
  readonly compared: { readonly from: number; readonly to: number }
}

function Compare({ items, compared }: CompareProps) {
  const t = versionWords.value
  const choose = (change: (version: number) => Partial<typeof compared>) => (event: Chosen) => {
    const { from, to } = { ...compared, ...change(Number(event.currentTarget.value)) }
    go({ at: 'versions', page: '', query: { from: String(from), to: String(to) } }, 'replace')
  }
  const answer = useAnswer(`${path}/changes?from=${compared.from}&to=${compared.to}`, ConfigChanges)
  const numbers = [...new Set([...items.map(({ version }) => version), compared.from, compared.to])]
  const options = numbers
    .sort((a, b) => b - a)
    .map((version) => (
      <option key={version} value={version}>
        {t.version(version)}
      </option>
    ))
  return (
    <section class="compare" aria-labelledby="compare-title">
      <h2 id="compare-title">{t.differences}</h2>
      <div class="filters">
        <label class="field">
          <span class="label">{t.from}</span>
          <select
            class="input"
            value={compared.from}
            onChange={choose((from) => ({ from }))}
            data-testid="compare-from"
          >
            {options}
          </select>
        </label>
        <label class="field">
          <span class="label">{t.to}</span>
          <select class="input" value={compared.to} onChange={choose((to) => ({ to }))} data-testid="compare-to">
            {options}
          </select>
        </label>
      </div>
      <Shown answer={answer}>{({ changes }) => <Changes changes={changes} />}</Shown>
    </section>
  )
}
