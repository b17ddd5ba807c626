/** What can be done with one message: the talk goes on from there in a conversation of its own, or its words are taken away. */
import { type Signal, useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { hasWords } from '../../../core/conversation/words.ts'
import type { StaffEntry } from '../../../core/protocol/conversation.ts'
import { scopeOf } from '../../../core/protocol/permissions.ts'
import { words } from '../../i18n/console.ts'
import { removalWords } from '../../i18n/removal.ts'
import { splitWords } from '../../i18n/split.ts'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { account } from '../account.ts'
import { isSupervisor, type StaffTalk, staffId } from '../work.ts'
import { AskRemoval } from './ask-removal.tsx'
import { AskSplit } from './ask-split.tsx'

const ID = 'message-menu'

export interface More {
  /** The message whose menu is open. */
  readonly chosen: Signal<StaffEntry | null>
  readonly maySplit: boolean
  readonly mayRemove: boolean
}

/** Null where nobody here may do anything with a message. */
export function useMore(talk: StaffTalk): More | null {
  const chosen = useSignal<StaffEntry | null>(null)
  const view = talk.view.value
  const mayRemove = scopeOf(account.value?.staff.role ?? 'agent', 'conversation.remove') !== 'none'
  const leads = isSupervisor.value || view?.owner?.agent === staffId.value
  const maySplit = leads && view?.status !== 'closed' && view?.merge === null
  // The same as long as it says the same: each message is drawn anew with another one.
  const more = useMemo(() => ({ chosen, maySplit, mayRemove }), [chosen, maySplit, mayRemove])
  return view !== null && (maySplit || mayRemove) ? more : null
}

/** Whether something can be done with what this entry says. */
export const hasMenu = (more: More | null, body: StaffEntry['body']): boolean =>
  more !== null && (isPublic(body) || (more.mayRemove && hasWords(body)))

const isPublic = ({ type }: StaffEntry['body']) => type === 'message' || type === 'file'

interface MoreButtonProps {
  readonly entry: StaffEntry
  readonly more: More
  /** The one button that Tab stops at: the arrow keys lead from it to the others. */
  readonly isStop: boolean
}

export function MoreButton({ entry, more: { chosen }, isStop }: MoreButtonProps) {
  return (
    <button
      type="button"
      class="btn icon sm more"
      popovertarget={ID}
      aria-label={words.value.more}
      title={words.value.more}
      tabIndex={isStop ? 0 : -1}
      style={chosen.value?.seq === entry.seq ? 'anchor-name: --message' : ''}
      data-testid={ids.more}
      onClick={() => (chosen.value = entry)}
      onKeyDown={moveOn}
    >
      <Icon name="more" />
    </button>
  )
}

function moveOn(event: KeyboardEvent): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (step === undefined || !(event.currentTarget instanceof HTMLButtonElement)) return
  event.preventDefault()
  const all = [...document.querySelectorAll<HTMLButtonElement>('.log .more')]
  all[all.indexOf(event.currentTarget) + step]?.focus()
}

export function MessageMenu({ talk, more: { chosen, maySplit, mayRemove } }: { talk: StaffTalk; more: More }) {
  const removing = useSignal<StaffEntry | null>(null)
  const splitting = useSignal<StaffEntry | null>(null)
  const close = () => document.getElementById(ID)?.hidePopover()
  const split = () => {
    close()
    splitting.value = chosen.value
  }
  const remove = () => {
    close()
    removing.value = chosen.value
  }
  return (
    <>
      <div id={ID} class="menu message pop" popover="auto">
        {maySplit && chosen.value !== null && isPublic(chosen.value.body) && (
          <button type="button" class="mi" data-testid={ids.split} onClick={split}>
            <Icon name="transfer" /> {splitWords.value.split}
          </button>
        )}
        {mayRemove && (
          <button type="button" class="mi" data-testid={ids.remove} onClick={remove}>
            <Icon name="x" /> {removalWords.value.remove}
          </button>
        )}
      </div>
      {splitting.value !== null && (
        <AskSplit talk={talk} first={splitting.value} onClose={() => (splitting.value = null)} />
      )}
      {removing.value !== null && (
        <AskRemoval talk={talk} entry={removing.value.seq} onClose={() => (removing.value = null)} />
      )}
    </>
  )
}
