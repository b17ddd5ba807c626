/** Asks which messages a new conversation is to begin with. */
import * as z from 'zod/mini'
import type { StaffEntry } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { clockTime } from '../../i18n/locale.ts'
import { splitWords } from '../../i18n/split.ts'
import { consoleIds as ids } from '../../ui/testids.ts'
import { Dialog } from '../keys/dialog.tsx'
import { open } from '../place.ts'
import { type StaffTalk, tellIfRefused } from '../work.ts'
import './ask.css'

interface Props {
  readonly talk: StaffTalk
  readonly first: StaffEntry
  onClose(): void
}

const Begun = z.object({ conversation: z.string() })

export function AskSplit({ talk, first, onClose }: Props) {
  const t = splitWords.value
  const later = talk.entries.value.filter((entry) => entry.seq >= first.seq && wordsOf(entry) !== null)
  const split = async (to: string) => {
    const lease = talk.view.value?.owner?.lease
    const body = {
      from: first.seq,
      ...(to === '' ? {} : { to: Number(to) }),
      ...(lease === undefined ? {} : { lease }),
    }
    const command = talk.peer.command('split', body)
    onClose()
    if (!(await tellIfRefused(command))) return
    const answer = await command
    const begun = answer.ok ? Begun.safeParse(answer.value) : null
    if (begun?.success) open(begun.data.conversation)
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    void split(String(new FormData(event.currentTarget).get('to') ?? ''))
  }
  return (
    <Dialog label={t.title} look="ask" onClose={onClose}>
      <form onSubmit={submit}>
        <h2>{t.title}</h2>
        <p>{t.lead}</p>
        <p>
          {t.first}: <b class="said">{lineOf(first)}</b>
        </p>
        <label class="field">
          {t.last}
          <select class="select" name="to" data-testid={`${ids.split}-to`}>
            <option value="">{t.toNewest}</option>
            {later.slice(0, -1).map((entry) => (
              <option key={entry.seq} value={entry.seq}>
                {lineOf(entry)}
              </option>
            ))}
          </select>
        </label>
        <p class="row">
          <button type="button" class="btn line" onClick={onClose}>
            {words.value.cancel}
          </button>
          <button type="submit" class="btn primary" data-testid={`${ids.split}-confirm`}>
            {t.confirm}
          </button>
        </p>
      </form>
    </Dialog>
  )
}

const LONGEST = 60

function lineOf(entry: StaffEntry): string {
  const text = wordsOf(entry) ?? ''
  return `${clockTime(entry.at)} · ${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}`
}

/** Null for what nobody said. */
function wordsOf({ body }: StaffEntry): string | null {
  if (body.type === 'message' || body.type === 'note') return body.text
  return body.type === 'file' ? splitWords.value.file(body.name) : null
}
