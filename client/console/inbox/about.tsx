/** What is noted about a conversation as a whole, where it came from, and the customer's earlier ones. */
import { type Signal, useSignal } from '@preact/signals'
import { ConversationList } from '../../../core/protocol/api.ts'
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { faultText } from '../../i18n/faults.ts'
import { dateTime } from '../../i18n/locale.ts'
import { Icon } from '../../ui/icon.tsx'
import { MediumPill } from '../../ui/medium.tsx'
import { SaveTranscript } from '../../ui/save-transcript.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { call } from '../api.ts'
import { detailsIn, dispositionName, tagName } from '../desk.ts'
import { Why } from '../why/why.tsx'
import { isSupervisor, type StaffTalk, staffId, tellIfRefused, trouble } from '../work.ts'
import { Attributes, Tags } from './noted.tsx'

type Page = ConversationList['items']

export function About({ talk, view }: { talk: StaffTalk; view: StaffView }) {
  const t = words.value
  const earlier = useSignal<Page | null>(null)
  const load = async (isOpen: boolean) => {
    if (!isOpen) return
    const path = `/api/v1/customers/${encodeURIComponent(view.customer.id)}/conversations?limit=20`
    const answer = await call('GET', path, ConversationList)
    if (!answer.ok) trouble.value = words.value.failed(faultText(answer))
    else earlier.value = (answer.value?.items ?? []).filter(({ id }) => id !== talk.conversation)
  }
  return (
    <details class="about" data-testid={ids.about} onToggle={(event) => void load(event.currentTarget.open)}>
      <summary>
        {t.about}
        <MediumPill work={view.medium} />
        {view.tags.map((id) => (
          <span key={id} class="pill">
            {tagName(id)}
          </span>
        ))}
        {view.disposition !== null && <span class="pill accent">{dispositionName(view.disposition)}</span>}
        {view.rating !== null && <span class="pill">{t.stars(view.rating.rating)}</span>}
      </summary>
      <Details of={view.customer.details} />
      <Tags talk={talk} view={view} />
      <Attributes talk={talk} view={view} />
      {view.contact !== null && <p>{`${view.contact.name} · ${view.contact.email}`}</p>}
      {view.rating !== null && <p>{t.event.rated(view.rating.rating, view.rating.comment)}</p>}
      {view.status !== 'waiting' && view.status !== 'fallback' && <Why conversation={talk.conversation} />}
      <p>
        <SaveTranscript uploads={talk.uploads} conversation={talk.conversation} />
      </p>
      <Earlier talk={talk} view={view} earlier={earlier} />
    </details>
  )
}

/** What is known of the customer, beside the name on top. */
function Details({ of }: { of: StaffView['customer']['details'] }) {
  const { name: _, ...rest } = of
  const rows = detailsIn(rest)
  if (rows.length === 0) return null
  return (
    <dl class="details" data-testid={ids.details}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Where its talk came from, where it goes on, and the way back. */
export function Kin({ talk, view }: { talk: StaffTalk; view: StaffView }) {
  const t = words.value
  const { merge, origin, joined, owner } = view
  const leads = isSupervisor.value || owner?.agent === staffId.value
  const lease = owner === null ? {} : { lease: owner.lease }
  if (merge === null && origin === null && joined.length === 0) return null
  return (
    <div class="kin">
      {merge !== null && (
        <p>
          <a href={`#/conversation/${merge.into}`}>{t.event.merged}</a>{' '}
          {merge.done && (
            <button
              type="button"
              class="btn sm line"
              data-testid={ids.unmerge}
              onClick={() => void tellIfRefused(talk.peer.command('unmerge', {}))}
            >
              <Icon name="undo" /> {t.unmerge}
            </button>
          )}
        </p>
      )}
      {origin !== null && (
        <p>
          <a href={`#/conversation/${origin.conversation}`}>{t.event.splitFrom(origin.first, origin.last)}</a>{' '}
          {leads && merge === null && view.status !== 'closed' && (
            <button
              type="button"
              class="btn sm line"
              data-testid={ids.unsplit}
              onClick={() => void tellIfRefused(talk.peer.command('merge', { into: origin.conversation, ...lease }))}
            >
              <Icon name="undo" /> {t.unsplit}
            </button>
          )}
        </p>
      )}
      {joined.map((id) => (
        <p key={id}>
          <a href={`#/conversation/${id}`}>{t.event.joinedBy}</a>
        </p>
      ))}
    </div>
  )
}

function Earlier({ talk, view, earlier }: { talk: StaffTalk; view: StaffView; earlier: Signal<Page | null> }) {
  const t = words.value
  const { owner } = view
  const leads =
    (isSupervisor.value || owner?.agent === staffId.value) && view.status !== 'closed' && view.merge === null
  const merge = (into: string) =>
    void tellIfRefused(talk.peer.command('merge', { into, ...(owner === null ? {} : { lease: owner.lease }) }))
  const rows = earlier.value
  if (rows === null) return null
  return (
    <section data-testid={ids.earlier}>
      <h3 class="sec">{t.earlier}</h3>
      {rows.length === 0 && <p class="muted">{t.noEarlier}</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <a href={`#/conversation/${row.id}`}>{dateTime(row.openedAt)}</a> · {t.statuses[row.status]}
            {row.rating !== null && ` · ${t.stars(row.rating)}`}
            {row.disposition !== null && ` · ${dispositionName(row.disposition)}`}
            {leads && row.id < talk.conversation && row.mergedInto === null && (
              <button
                type="button"
                class="btn sm line"
                data-testid={ids.merge}
                data-into={row.id}
                onClick={() => merge(row.id)}
              >
                {t.mergeInto}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
