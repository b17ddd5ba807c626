/** Asking others: hands the conversation over to a queue or a colleague, or asks for advice in private. */
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { enterSends, focusOnMount } from '../../ui/parts.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { agents, allQueues, type StaffTalk, staffId, tellIfRefused } from '../work.ts'

const AGENT = 'agent/'

interface Props {
  readonly talk: StaffTalk
  readonly view: StaffView
  /** What the form is for; its name is the command's. */
  readonly what: 'transfer' | 'consult'
  onClose(): void
}

export function HandingOver({ talk, view, what, onClose }: Props) {
  const t = words.value
  const isConsult = what === 'consult'
  const label = isConsult ? t.consultAsk : t.transferTo
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement) || !view.owner) return
    const data = new FormData(event.currentTarget)
    const to = String(data.get('to'))
    const target = to.startsWith(AGENT) ? { agent: to.slice(AGENT.length) } : { queue: to }
    const body = { lease: view.owner.lease, ...target, note: String(data.get('note') ?? '') }
    onClose()
    void tellIfRefused(talk.peer.command(what, isConsult ? body : { ...body, warm: data.has('warm') }))
  }
  return (
    <form class="actions" onSubmit={submit}>
      <select
        class="select"
        name="to"
        required
        ref={focusOnMount}
        onKeyDown={enterSends}
        aria-label={label}
        data-testid={`${ids[what]}-queue`}
      >
        <option value="">{label}</option>
        <optgroup label={t.queues}>
          {allQueues.value.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </optgroup>
        <optgroup label={t.agents}>
          {agents.value
            .filter(({ id }) => id !== staffId.value)
            .map(({ id, name }) => (
              <option key={id} value={`${AGENT}${id}`}>
                {name}
              </option>
            ))}
        </optgroup>
      </select>
      <input
        class="input"
        name="note"
        maxLength={500}
        aria-label={isConsult ? t.consultNote : t.transferNote}
        placeholder={isConsult ? t.consultNote : t.transferNote}
        data-testid={`${ids[what]}-note`}
      />
      {!isConsult && (
        <label class="tick">
          <input type="checkbox" name="warm" /> {t.transferWarm}
        </label>
      )}
      <button type="button" class="btn" onClick={onClose}>
        {t.cancel}
      </button>
      <button type="submit" class="btn primary" data-testid={ids[what]}>
        {isConsult ? t.consultSend : t.transfer}
      </button>
    </form>
  )
}
