/** Asks whether what somebody wrote shall really be taken away, and why. */
import { removalReasons } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { removalWords } from '../../i18n/removal.ts'
import { consoleIds as ids } from '../../ui/testids.ts'
import { Dialog } from '../keys/dialog.tsx'
import { type StaffTalk, tellIfRefused } from '../work.ts'
import './ask.css'

interface Props {
  readonly talk: StaffTalk
  readonly entry: number
  onClose(): void
}

export function AskRemoval({ talk, entry, onClose }: Props) {
  const t = removalWords.value
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const why = new FormData(event.currentTarget).get('why')
    onClose()
    void tellIfRefused(talk.peer.command('remove', { entry, why }))
  }
  return (
    <Dialog label={t.title} look="ask" onClose={onClose}>
      <form onSubmit={submit}>
        <h2>{t.title}</h2>
        <p>{t.lead}</p>
        <label class="field">
          {t.why}
          <select class="select" name="why" required data-testid={`${ids.remove}-why`}>
            <option value="">{words.value.chooseOne}</option>
            {removalReasons.map((reason) => (
              <option key={reason} value={reason}>
                {t.reasons[reason]}
              </option>
            ))}
          </select>
        </label>
        <p class="row">
          <button type="button" class="btn line" onClick={onClose}>
            {words.value.cancel}
          </button>
          <button type="submit" class="btn danger" data-testid={`${ids.remove}-confirm`}>
            {t.confirm}
          </button>
        </p>
      </form>
    </Dialog>
  )
}
