/** What goes on beside the talk: a colleague who is asked in private, a hold, what was handed over and is not taken yet. */
import type { ComponentChildren } from 'preact'
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { duration } from '../../i18n/locale.ts'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { now } from '../clock.ts'
import { agentName, queueName, type StaffTalk, staffId, tellIfRefused } from '../work.ts'
import './beside.css'

interface Props {
  readonly talk: StaffTalk
  readonly view: StaffView
}

export function Beside({ talk, view }: Props) {
  return (
    <>
      {view.consult !== null && <Consult talk={talk} view={view} />}
      {view.hold !== null && <Hold talk={talk} view={view} />}
      {view.interrupted !== null && <Interrupted talk={talk} view={view} />}
      {view.handed?.agent === staffId.value && <Handed talk={talk} />}
    </>
  )
}

function Consult({ talk, view: { consult, owner } }: Props) {
  const t = words.value
  if (consult === null) return null
  const isMine = owner?.agent === staffId.value
  const isAdvising = consult.state === 'joined' && consult.agent === staffId.value
  const whom = consult.agent === null ? queueName(consult.queue ?? '') : agentName(consult.agent, consult.name ?? '')
  const text = isAdvising
    ? t.consultedBy(owner?.name ?? '')
    : consult.state === 'asked'
      ? t.consultAsking(whom)
      : t.consultWith(whom)
  const lease = isAdvising ? consult.lease : owner?.lease
  const end = () => void tellIfRefused(talk.peer.command('end-consult', { lease }))
  const handOver = () =>
    void tellIfRefused(talk.peer.command('transfer', { lease: owner?.lease, agent: consult.agent, warm: true }))
  return (
    <Line testid={ids.consulting} state={consult.state}>
      <span class="grow">
        <Icon name="users" /> {text}
      </span>
      {isMine && consult.state === 'joined' && (
        <button type="button" class="btn sm" data-testid={`${ids.consulting}-transfer`} onClick={handOver}>
          {t.consultHandOver(whom)}
        </button>
      )}
      {(isMine || isAdvising) && (
        <button type="button" class="btn sm" data-testid={`${ids.consulting}-end`} onClick={end}>
          {isAdvising ? t.consultLeave : consult.state === 'asked' ? t.consultCancel : t.consultEnd}
        </button>
      )}
    </Line>
  )
}

function Hold({ talk, view: { hold, owner } }: Props) {
  const t = words.value
  const since = hold?.since ?? 0
  const lasted = Math.max(0, now() + (talk.peer.skew.value ?? 0) - since)
  const resume = () => void tellIfRefused(talk.peer.command('resume', { lease: owner?.lease }))
  return (
    <Line testid={ids.holding} state="held">
      <span class="grow">
        <Icon name="clock" /> {t.onHold} <span class="num">{duration(lasted)}</span>
      </span>
      {owner?.agent === staffId.value && (
        <button type="button" class="btn sm" data-testid={ids.resume} onClick={resume}>
          {t.resume}
        </button>
      )}
    </Line>
  )
}

/** Nobody ends it by hand: it goes on as soon as there is room. */
function Interrupted({ talk, view: { interrupted } }: Props) {
  const t = words.value
  const lasted = Math.max(0, now() + (talk.peer.skew.value ?? 0) - (interrupted?.since ?? 0))
  return (
    <Line testid={`${ids.interrupted}-line`} state="interrupted">
      <span class="grow">
        <Icon name="pause" /> {t.interrupted} <span class="num">{duration(lasted)}</span>
      </span>
      <span class="muted">{t.interruptedWhy}</span>
    </Line>
  )
}

function Handed({ talk }: { talk: StaffTalk }) {
  const t = words.value
  return (
    <Line testid={ids.handed} state="handed">
      <span class="grow">
        <Icon name="transfer" /> {t.handedOver}
      </span>
      <button
        type="button"
        class="btn sm"
        data-testid={ids.pullBack}
        onClick={() => void tellIfRefused(talk.peer.command('pull-back', {}))}
      >
        <Icon name="undo" /> {t.pullBack}
      </button>
    </Line>
  )
}

function Line({ testid, state, children }: { testid: string; state: string; children: ComponentChildren }) {
  return (
    <div class="beside" role="status" data-testid={testid} data-state={state}>
      {children}
    </div>
  )
}
