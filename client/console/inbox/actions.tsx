/** What can be done with a conversation as a whole: hold, ask others, close, assign, finish the wrap-up. */
import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { dateTime } from '../../i18n/locale.ts'
import { Icon } from '../../ui/icon.tsx'
import { enterSends, focusOnMount } from '../../ui/parts.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { now } from '../clock.ts'
import { desk } from '../desk.ts'
import { useCommand } from '../keys/use-command.ts'
import { agents, commandAgent, inHand, isSupervisor, type StaffTalk, staffId, tellIfRefused } from '../work.ts'
import { HandingOver } from './handing-over.tsx'

type Asking = 'nothing' | 'close' | 'transfer' | 'consult' | 'assign' | 'snooze'
interface Props {
  readonly talk: StaffTalk
  readonly view: StaffView
  readonly asking: Signal<Asking>
}

export function Actions({ talk, view }: { talk: StaffTalk; view: StaffView }) {
  const t = words.value
  const asking = useSignal<Asking>('nothing')
  const props = { talk, view, asking }
  const owned = view.owner?.agent === staffId.value
  const wrapping = inHand.value.find((item) => item.conversation === talk.conversation && item.state === 'wrap')
  const assignable =
    isSupervisor.value && (view.status === 'waiting' || view.status === 'talking' || view.status === 'fallback')
  useCommand('transfer', owned ? () => (asking.value = 'transfer') : null)
  const mayConsult = owned && view.consult === null && view.handed === null
  const mayHold = owned && view.hold === null
  const hold = () => void tellIfRefused(talk.peer.command('hold', { lease: view.owner?.lease }))
  useCommand('consult', mayConsult ? () => (asking.value = 'consult') : null)
  useCommand('hold', mayHold ? hold : null)
  useCommand('snooze', owned ? () => (asking.value = 'snooze') : null)
  useCommand('close', owned ? () => (asking.value = 'close') : null)
  useFocusBack(asking.value, owned)
  if (asking.value === 'close' && owned) return <AskClose {...props} />
  if ((asking.value === 'transfer' || asking.value === 'consult') && owned)
    return <HandingOver talk={talk} view={view} what={asking.value} onClose={() => (asking.value = 'nothing')} />
  if (asking.value === 'snooze' && owned) return <Snooze {...props} />
  if (asking.value === 'assign' && assignable) return <Assign {...props} />
  return (
    <div class="actions">
      {assignable && (
        <button
          type="button"
          class="btn line"
          data-asks="assign"
          onClick={() => (asking.value = 'assign')}
          data-testid={`${ids.assign}-open`}
        >
          <Icon name="user" /> {t.assign}
        </button>
      )}
      {view.snooze !== null && (
        <button
          type="button"
          class="btn line"
          data-testid={ids.wake}
          onClick={() => void tellIfRefused(talk.peer.command('wake', {}))}
        >
          <Icon name="clock" /> {t.wake}
        </button>
      )}
      {mayHold && (
        <button type="button" class="btn line" data-testid={ids.hold} onClick={hold}>
          <Icon name="pause" /> <span class="wide">{t.hold}</span>
        </button>
      )}
      {mayConsult && (
        <button
          type="button"
          class="btn line"
          data-asks="consult"
          onClick={() => (asking.value = 'consult')}
          data-testid={`${ids.consult}-open`}
        >
          <Icon name="users" /> <span class="wide">{t.consult}</span>
        </button>
      )}
      {owned && (
        <>
          <button
            type="button"
            class="btn line"
            data-asks="snooze"
            onClick={() => (asking.value = 'snooze')}
            data-testid={`${ids.snooze}-open`}
          >
            <Icon name="clock" /> <span class="wide">{t.snooze}</span>
          </button>
          <button
            type="button"
            class="btn line"
            data-asks="transfer"
            onClick={() => (asking.value = 'transfer')}
            data-testid={`${ids.transfer}-open`}
          >
            <Icon name="transfer" /> <span class="wide">{t.transfer}</span>
          </button>
          <button
            type="button"
            class="btn line"
            data-testid={ids.close}
            data-asks="close"
            onClick={() => (asking.value = 'close')}
          >
            <Icon name="check" /> <span class="wide">{t.close}</span>
          </button>
        </>
      )}
      {wrapping?.more !== undefined && (
        <button
          type="button"
          class="btn line"
          data-testid={ids.extend}
          onClick={() => void commandAgent('extend', { conversation: talk.conversation })}
        >
          <Icon name="clock" /> {t.extend}
        </button>
      )}
      {wrapping && (
        <button
          type="button"
          class="btn primary"
          data-testid={ids.finish}
          onClick={() => void commandAgent('finish', { conversation: talk.conversation })}
        >
          {t.finish}
        </button>
      )}
    </div>
  )
}

/** A form that goes away leaves the focus on the button that opened it, or on the conversation's name if that is gone too. */
function useFocusBack(asking: Asking, owned: boolean): void {
  const before = useRef<Asking | null>(null)
  useEffect(() => {
    const asked = before.current
    before.current = asking
    if (asked === null || document.activeElement !== document.body) return
    const opener = document.querySelector<HTMLElement>(`.conv [data-asks="${asked}"]`)
    const target = opener ?? document.querySelector<HTMLElement>('.conv h2')
    target?.focus()
  }, [asking, owned])
}

function AskClose({ talk, view, asking }: Props) {
  const t = words.value
  // Chosen here, not told: the conversation goes on around the form.
  const chosen = useSignal(view.disposition ?? '')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!view.owner) return
    const disposition = chosen.value === '' ? {} : { disposition: chosen.value }
    asking.value = 'nothing'
    void tellIfRefused(talk.peer.command('close', { lease: view.owner.lease, ...disposition }))
  }
  return (
    <form class="actions" aria-label={t.closeAsk} onSubmit={submit}>
      {desk.value.dispositions.length > 0 && (
        <select
          class="select"
          aria-label={t.disposition}
          required={view.dispositionRequired}
          value={chosen.value}
          onChange={(event) => (chosen.value = event.currentTarget.value)}
          data-testid={`${ids.close}-disposition`}
        >
          <option value="">{t.disposition}</option>
          {desk.value.dispositions.map(({ id, name, group }) => (
            <option key={id} value={id}>
              {group === undefined ? name : `${group} · ${name}`}
            </option>
          ))}
        </select>
      )}
      <button type="button" class="btn" onClick={() => (asking.value = 'nothing')}>
        {t.keepOpen}
      </button>
      <button type="submit" class="btn danger" ref={focusOnMount} data-testid={`${ids.close}-confirm`}>
        {t.close}
      </button>
    </form>
  )
}

const HOUR = 3_600_000
const lengths = [1, 3, 24, 72, 168].map((hours) => hours * HOUR)

function Snooze({ talk, view, asking }: Props) {
  const t = words.value
  const { least, most } = desk.value.snooze
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement) || !view.owner) return
    const until = now() + (talk.peer.skew.value ?? 0) + Number(new FormData(event.currentTarget).get('length'))
    asking.value = 'nothing'
    void tellIfRefused(talk.peer.command('snooze', { lease: view.owner.lease, until: Math.round(until) }))
  }
  return (
    <form class="actions" onSubmit={submit}>
      <select
        class="select"
        name="length"
        ref={focusOnMount}
        onKeyDown={enterSends}
        aria-label={t.snoozeUntil}
        data-testid={`${ids.snooze}-until`}
      >
        {lengths
          .filter((length) => length >= least && length <= most)
          .map((length) => (
            <option key={length} value={length}>
              {dateTime(now() + length)}
            </option>
          ))}
      </select>
      <Buttons asking={asking} label={t.snooze} testid={ids.snooze} />
    </form>
  )
}

function Assign({ talk, asking }: Props) {
  const t = words.value
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const data = new FormData(event.currentTarget)
    asking.value = 'nothing'
    const body = { agent: String(data.get('agent')), force: data.has('force') }
    void tellIfRefused(talk.peer.command('assign', body))
  }
  return (
    <form class="actions" onSubmit={submit}>
      <select
        class="select"
        name="agent"
        required
        ref={focusOnMount}
        onKeyDown={enterSends}
        aria-label={t.assignTo}
        data-testid={`${ids.assign}-agent`}
      >
        <option value="">{t.assignTo}</option>
        {agents.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <label class="tick">
        <input type="checkbox" name="force" data-testid={`${ids.assign}-force`} /> {t.assignForce}
      </label>
      <Buttons asking={asking} label={t.assign} testid={ids.assign} />
    </form>
  )
}

function Buttons({ asking, label, testid }: { asking: Signal<Asking>; label: string; testid: string }) {
  return (
    <>
      <button type="button" class="btn" onClick={() => (asking.value = 'nothing')}>
        {words.value.cancel}
      </button>
      <button type="submit" class="btn primary" data-testid={testid}>
        {label}
      </button>
    </>
  )
}
