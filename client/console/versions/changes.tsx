/** What differs between two versions, field by field. */
import type { ConfigChange } from '../../../core/protocol/config.ts'
import { versionWords } from '../../i18n/versions.ts'

const signs = { added: '+', removed: '−', changed: '~' }

export function Changes({ changes }: { readonly changes: readonly ConfigChange[] }) {
  const t = versionWords.value
  if (changes.length === 0) return <p class="muted">{t.same}</p>
  return (
    <ul class="changes" data-testid="changes">
      {changes.map((change) => (
        <li key={`${change.kind}.${change.path}`} class={change.kind}>
          <p class="top">
            <span class="pill">
              {signs[change.kind]} {t.kinds[change.kind]}
            </span>
            <code>{change.path === '' ? t.whole : change.path}</code>
          </p>
          {change.kind !== 'added' && <Value is="before" value={change.before} />}
          {change.kind !== 'removed' && <Value is="after" value={change.after} />}
        </li>
      ))}
    </ul>
  )
}

/** Plain values in a line; what has parts, as it would stand in a file. */
function Value({ is, value }: { readonly is: 'before' | 'after'; readonly value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <div class={`value ${is}`}>
      <span class="label">{versionWords.value[is]}</span>
      <pre>{text}</pre>
    </div>
  )
}
