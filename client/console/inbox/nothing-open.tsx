/** No conversation is open: what to do next, and for a company that nobody has written to yet the way to its first talk. */
import type { ComponentChildren } from 'preact'
import { ConversationList } from '../../../core/protocol/api.ts'
import { firstRunWords } from '../../i18n/first-run.ts'
import { Icon } from '../../ui/icon.tsx'
import { account } from '../account.ts'
import { hashOf } from '../address.ts'
import { useAnswer } from '../office/answer.ts'
import { mayDo } from '../office/places.ts'
import { commandAgent, inHand, me, shownQueues, staffId, waitingIn } from '../work.ts'
import './nothing-open.css'

export function NothingOpen() {
  const isQuiet = inHand.value.length === 0 && shownQueues.value.every(({ id }) => waitingIn(id).length === 0)
  return isQuiet && mayDo('record.read') ? <MaybeFirst /> : <Next isQuiet={isQuiet} />
}

/** Only who may read the record can know that there was none before. */
function MaybeFirst() {
  const { now } = useAnswer('/api/v1/conversations?limit=1', ConversationList)
  if (now.at === 'asking') return <p class="empty" />
  return now.at === 'there' && now.value.items.length === 0 ? <FirstRun /> : <Next isQuiet />
}

const become = () => void commandAgent('presence', { presence: 'available' })
const isAvailable = () => me.value?.presence === 'available'

function Next({ isQuiet }: { readonly isQuiet: boolean }) {
  const t = firstRunWords.value
  if (!isQuiet || me.value === null) return <p class="empty muted">{t.choose}</p>
  if (isAvailable()) return <p class="empty muted">{t.waitsForYou}</p>
  return (
    <div class="empty">
      <p class="muted">{t.notAvailable}</p>
      <button type="button" class="btn line" onClick={become}>
        {t.available}
      </button>
    </div>
  )
}

function FirstRun() {
  const t = firstRunWords.value
  const mayPublish = mayDo('config.publish')
  const hasQueues = (me.value?.queues.length ?? 0) > 0
  const chat = `/widget/?${new URLSearchParams({ organisation: account.value?.organisation.id ?? '' })}`
  return (
    <section class="first" aria-labelledby="first-run" data-testid="first-run">
      <h2 id="first-run">{t.title}</h2>
      <p class="muted">{t.lead}</p>
      <ol>
        <Step title={t.add} how={mayPublish ? t.addHow : t.addAsk}>
          {mayPublish && (
            <a class="btn line" href={hashOf({ at: 'organisation', page: 'widget', query: {} })}>
              {t.snippet}
            </a>
          )}
          <a class="btn line" href={chat} target="_blank" rel="noreferrer">
            {t.asCustomer}
          </a>
        </Step>
        {!hasQueues && (
          <Step title={t.queues} how={mayPublish ? t.queuesHow : t.queuesAsk}>
            {mayPublish && (
              <a class="btn line" href={hashOf({ at: 'staff', page: `people/${staffId.value}`, query: {} })}>
                {t.toQueues}
              </a>
            )}
          </Step>
        )}
        <Step title={t.available} how={t.availableHow} isDone={isAvailable()}>
          {!isAvailable() && (
            <button type="button" class="btn line" onClick={become}>
              {t.available}
            </button>
          )}
        </Step>
        <Step title={t.talk} how={t.talkHow} />
      </ol>
    </section>
  )
}

interface StepProps {
  readonly title: string
  readonly how: string
  readonly isDone?: boolean
  readonly children?: ComponentChildren
}

function Step({ title, how, isDone = false, children }: StepProps) {
  return (
    <li data-done={isDone}>
      <h3>
        {title}
        {isDone && (
          <span class="pill positive">
            <Icon name="check" /> {firstRunWords.value.done}
          </span>
        )}
      </h3>
      <p class="muted">{how}</p>
      {!isDone && <div class="row">{children}</div>}
    </li>
  )
}
