/** The answers that a message offers, as buttons; who would rather write, writes. */
import type { PublicEntry } from '../../core/protocol/conversation.ts'
import { extraWords } from '../i18n/chat-extras.ts'
import { widgetIds as ids } from '../ui/testids.ts'
import type { ChatTalk } from './chat.ts'
import { composerField } from './composer-field.ts'

export function Choices({ talk, entry: { seq, body } }: { readonly talk: ChatTalk; readonly entry: PublicEntry }) {
  if (body.type !== 'message' || body.choices === undefined) return null
  const choose = (id: string, text: string) => {
    void talk.say('post', { text, chosen: { entry: seq, id } })
    // The button that was pressed goes.
    composerField()?.focus()
  }
  return (
    <fieldset class="choices" aria-label={extraWords.value.choose} data-testid={ids.choices}>
      {body.choices.map(({ id, label }) => (
        <button key={id} type="button" class="btn sm" onClick={() => choose(id, label)}>
          {label}
        </button>
      ))}
    </fieldset>
  )
}
