/** The audit: who did what to what, when, from where, and what was before and after. */
import { useSignal } from '@preact/signals'
import { AuditList, StaffList } from '../../../core/protocol/administration.ts'
import { auditWords } from '../../i18n/audit.ts'
import { usePages } from '../office/answer.ts'
import { useEveryPage } from '../office/every-page.ts'
import type { OfficeProps } from '../office/places.ts'
import { mayDo } from '../office/places.ts'
import { Empty, More, Shown } from '../office/shown.tsx'
import { go } from '../place.ts'
import { Acts } from './acts.tsx'

const names = ['text', 'by', 'action', 'from', 'to'] as const
type Filter = Partial<Record<(typeof names)[number], string>>

export default function Audit({ place: { query } }: OfficeProps) {
  const t = auditWords.value
  const filter: Filter = query
  const acts = usePages(`/api/v1/audit?${asked(filter)}`, AuditList, 'after')
  return (
    <div class="office" data-testid="audit">
      <div class="top">
        <h1 class="grow">{t.title}</h1>
        {mayDo('audit.export') && <Export filter={filter} />}
      </div>
      <p class="lead">{t.lead}</p>
      <Filters filter={filter} />
      <Shown answer={acts}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t.none}>{t.noneWhy}</Empty>
          ) : (
            <>
              <p role="status" class="muted">
                {t.found(items.length, acts.more !== null)}
              </p>
              <Acts acts={items} />
              <More pages={acts} />
            </>
          )
        }
      </Shown>
    </div>
  )
}

/** The query of the API: days are those of the reader's own zone, the last one whole. */
function asked({ from, to, ...rest }: Filter): string {
  const query = new URLSearchParams()
  for (const name of names) {
    const value = name in rest ? rest[name as keyof typeof rest] : undefined
    if (value !== undefined && value.trim() !== '') query.set(name, value)
  }
  const begin = from === undefined ? Number.NaN : new Date(`${from}T00:00`).getTime()
  const end = to === undefined ? Number.NaN : new Date(`${to}T00:00`).getTime()
  if (Number.isFinite(begin)) query.set('from', String(begin))
  if (Number.isFinite(end)) query.set('to', String(new Date(end).setDate(new Date(end).getDate() + 1)))
  return query.toString()
}

function Filters({ filter }: { readonly filter: Filter }) {
  const t = auditWords.value
  const text = useSignal(filter.text ?? '')
  const people = useEveryPage('/api/v1/staff', StaffList)
  const set = (more: Filter) => {
    const all = Object.entries({ ...filter, ...more }).filter(([, value]) => value !== '')
    go({ at: 'audit', page: '', query: Object.fromEntries(all) }, 'replace')
  }
  const choose = (name: keyof Filter) => (event: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
    set({ [name]: event.currentTarget.value })
  return (
    <search>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault()
          set({ text: text.value })
        }}
      >
        <label class="field wide">
          <span class="label">{t.text}</span>
          <input
            class="input"
            type="search"
            maxLength={200}
            data-testid="audit-text"
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value
            }}
            onChange={() => set({ text: text.value })}
          />
        </label>
        <label class="field">
          <span class="label">{t.who}</span>
          <select class="input" value={filter.by ?? ''} onChange={choose('by')}>
            <option value="">{t.anybody}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span class="label">{t.what}</span>
          <select class="input" value={filter.action ?? ''} data-testid="audit-action" onChange={choose('action')}>
            <option value="">{t.anything}</option>
            {Object.entries(t.actions).map(([action, label]) => (
              <option key={action} value={action}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span class="label">{t.from}</span>
          <input class="input" type="date" value={filter.from ?? ''} onChange={choose('from')} />
        </label>
        <label class="field">
          <span class="label">{t.to}</span>
          <input class="input" type="date" value={filter.to ?? ''} onChange={choose('to')} />
        </label>
      </form>
    </search>
  )
}

function Export({ filter }: { readonly filter: Filter }) {
  const t = auditWords.value
  return (
    <>
      <a class="btn line" href={`/api/v1/audit.csv?${asked(filter)}`} download>
        {t.asCsv}
      </a>
      <a class="btn line" href={`/api/v1/audit.ndjson?${asked(filter)}`} download>
        {t.asLines}
      </a>
    </>
  )
}
