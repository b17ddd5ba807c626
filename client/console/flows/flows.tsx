/** The flows of the organisation: which there are, and one of them to be edited, gone through and published. */
import type { Config } from '../../../core/protocol/config.ts'
import { flowWords } from '../../i18n/flows.ts'
import { hashOf } from '../address.ts'
import { Empty } from '../office/shown.tsx'
import type { ConfigBook } from '../organisation/section.tsx'
import { Editor } from './editor.tsx'
import './flows.css'

export interface FlowsProps {
  readonly book: ConfigBook
  readonly config: Config
  /** '' for the list, `~new`, or a key. */
  readonly which: string
}

export const linkTo = (which: string): string => hashOf({ at: 'organisation', page: `flows/${which}`, query: {} })

export default function Flows({ book, config, which }: FlowsProps) {
  if (which === '') return <List config={config} />
  const isThere = which === '~new' || Object.hasOwn(config.flows, which)
  if (!isThere) return <Empty title={flowWords.value.gone} />
  return <Editor key={which} book={book} config={config} which={which} />
}

function List({ config: { flows, entrances } }: { readonly config: Config }) {
  const t = flowWords.value
  const entries = Object.entries(flows)
  return (
    <>
      <p>
        <a class="btn primary" href={linkTo('~new')}>
          {t.add}
        </a>
      </p>
      {entries.length === 0 ? (
        <Empty title={t.none}>{t.noneLead}</Empty>
      ) : (
        <ul class="entries">
          {entries.map(([id, { name, nodes }]) => (
            <li key={id} data-testid="entry" data-key={id}>
              <a href={linkTo(id)}>{name}</a>
              <span class="muted">
                {t.nodes(Object.keys(nodes).length)}
                {entrances.flows?.chat === id && ` · ${t.entrance}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
