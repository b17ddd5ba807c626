/** The acts of the audit, one below the other; what was before and after opens with each. */
import type { Act } from '../../../core/protocol/administration.ts'
import { auditWords } from '../../i18n/audit.ts'
import { dateTime } from '../../i18n/locale.ts'
import { officeWords } from '../../i18n/office.ts'
import { Icon } from '../../ui/icon.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { hashOf } from '../address.ts'

export function Acts({ acts }: { readonly acts: readonly Act[] }) {
  return (
    <ul class="acts" aria-label={auditWords.value.list}>
      {acts.map((act) => (
        <li key={act.id} data-testid="act" data-action={act.action}>
          <Line act={act} />
        </li>
      ))}
    </ul>
  )
}

function Line({ act }: { readonly act: Act }) {
  const t = auditWords.value
  const { by, action, object, at, from } = act
  return (
    <details>
      <summary>
        <Avatar name={by.name} />
        <span class="grow">
          <strong>{by.name}</strong> <span class="muted">{roleText(by.role)}</span>
          <br />
          {t.actions[action] ?? action} <code>{object.id}</code>
        </span>
        <time>{dateTime(at)}</time>
        <Icon name="right" />
      </summary>
      <Change act={act} />
      {object.kind === 'conversation' && (
        <p>
          <a href={hashOf({ at: 'inbox', conversation: object.id })}>{t.openIt}</a>
        </p>
      )}
      {from !== null && <p class="hint">{t.origin(from.address, from.client)}</p>}
    </details>
  )
}

/** Field by field. */
function Change({ act: { before, after } }: { readonly act: Act }) {
  const t = auditWords.value
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  if (fields.length === 0) return null
  return (
    <div class="scroll">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">{t.field}</th>
            <th scope="col">{t.before}</th>
            <th scope="col">{t.after}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{t.fields[field] ?? field}</th>
              <td>{valueText(field, before?.[field])}</td>
              <td>{valueText(field, after?.[field])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function roleText(role: string): string {
  const { key, installation } = auditWords.value
  const known: Readonly<Record<string, string>> = { ...officeWords.value.roles, key, installation }
  return known[role] ?? role
}

function valueText(field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return auditWords.value.nothing
  if (typeof value === 'boolean') return value ? officeWords.value.yes : officeWords.value.no
  if (field === 'role' && typeof value === 'string') return roleText(value)
  if (typeof value === 'number' && /(at|until)$/i.test(field)) return dateTime(value)
  if (Array.isArray(value)) return value.map((one) => valueText('', one)).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
