/** Who of the colleagues has this conversation on the screen, and what they have begun to write. */
import { useEffect } from 'preact/hooks'
import type { StaffView } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { Icon } from '../../ui/icon.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { useLooking } from '../../ui/stick.ts'
import { consoleIds as ids } from '../../ui/testids.ts'
import { agentName, commandAgent, mentions, type StaffTalk, staffId } from '../work.ts'
import './colleagues.css'

interface Props {
  readonly talk: StaffTalk
  readonly view: StaffView
}

export function Colleagues({ talk, view }: Props) {
  const t = words.value
  const people = talk.people.value.filter(({ id }) => id !== staffId.value)
  const drafts = view.drafts?.filter(({ by }) => by.id !== staffId.value) ?? []
  return (
    <div class="colleagues">
      <p class="coll" role="status" data-testid={ids.colleagues}>
        {people.map(({ id, name, writing }) => (
          <span key={id} class="who" data-writing={writing ?? ''}>
            <Avatar name={agentName(id, name)} />
            {(writing === null ? t.looksOn : t.writes[writing])(agentName(id, name))}
          </span>
        ))}
      </p>
      {drafts.map(({ by, kind, text }) => (
        <details key={`${by.id} ${kind}`} class="draft" data-testid={ids.draft} data-by={by.id} data-kind={kind}>
          <summary>
            <Icon name={kind === 'note' ? 'lock' : 'chat'} /> {t.hasBegun[kind](agentName(by.id, by.name))}
          </summary>
          <p class="said">{text}</p>
        </details>
      ))}
    </div>
  )
}

/** Tells the colleagues, and that a note that names us was seen. */
export function useLookingAt(talk: StaffTalk): void {
  const looking = useLooking(false)
  const { conversation } = talk
  useEffect(() => {
    talk.look(looking)
    return () => talk.look(false)
  }, [talk, looking])
  const named = mentions.value.find((one) => one.conversation === conversation && !one.seen)?.entry
  useEffect(() => {
    if (looking && named !== undefined) void commandAgent('see-mention', { conversation, entry: named })
  }, [conversation, looking, named])
}
