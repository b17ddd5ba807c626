/** Over the first entry of a conversation that was split off: the messages it was begun with, which stay where they were said. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { EntryList } from '../../../core/protocol/api.ts'
import { faultText } from '../../i18n/faults.ts'
import { clockTime } from '../../i18n/locale.ts'
import { removalWords } from '../../i18n/removal.ts'
import { splitWords } from '../../i18n/split.ts'
import { Formatted } from '../../ui/formatted.tsx'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { hashOf } from '../address.ts'
import { call } from '../api.ts'
import './origin.css'

type Item = EntryList['items'][number]

interface Props {
  readonly conversation: string
  readonly origin: string
}

export function Origin({ conversation, origin }: Props) {
  const t = splitWords.value
  const items = useSignal<readonly Item[] | null>(null)
  const next = useSignal<string | null>(null)
  const trouble = useSignal('')
  const load = async (after: string) => {
    const answer = await call('GET', `/api/v1/conversations/${conversation}/origin?after=${after}`, EntryList)
    trouble.value = answer.ok ? '' : faultText(answer)
    if (!answer.ok || answer.value === null) return
    items.value = [...(items.peek() ?? []), ...answer.value.items]
    next.value = answer.value.next
  }
  useEffect(() => void load('0'), [conversation])
  const said = (items.value ?? []).filter(isSaid)
  const after = next.value
  return (
    <section class="note origin" data-testid={ids.origin} aria-label={t.origin(said.length)}>
      <p class="top">
        <Icon name="transfer" />
        <b class="grow" role="status">
          {trouble.value !== ''
            ? trouble.value
            : items.value === null
              ? t.loading
              : said.length === 0
                ? t.none
                : t.origin(said.length)}
        </b>
        <a href={hashOf({ at: 'inbox', conversation: origin })}>{t.openOrigin}</a>
      </p>
      {said.length > 0 && (
        <ul>
          {said.map((item) => (
            <li key={item.seq} data-seq={item.seq}>
              <span class="xs">
                {item.from.role === 'system' ? '' : item.from.name} <time>{clockTime(item.at)}</time>
              </span>
              <div class="said">
                <Words item={item} origin={origin} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {after !== null && (
        <button type="button" class="btn sm" onClick={() => void load(after)}>
          {t.more}
        </button>
      )}
    </section>
  )
}

const isSaid = ({ body: { type } }: Item) =>
  type === 'message' || type === 'note' || type === 'file' || type === 'removed'

function Words({ item: { body }, origin }: { readonly item: Item; readonly origin: string }) {
  switch (body.type) {
    case 'message':
    case 'note':
      return <Formatted text={body.text} />
    case 'file':
      return <a href={`/files/${origin}/${body.id}`}>{splitWords.value.file(body.name)}</a>
    case 'removed':
      return <em>{removalWords.value.removed}</em>
    default:
      return null
  }
}
