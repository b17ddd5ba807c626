/** What can be done with one message: the talk goes on from there in a conversation of its own. */
import { type Signal, useSignal } from '@preact/signals'
import * as z from 'zod/mini'
import type { StaffEntry } from '../../../core/protocol/conversation.ts'
import { words } from '../../i18n/console.ts'
import { Icon } from '../../ui/icon.tsx'
import { consoleIds as ids } from '../../ui/testids.ts'
import { open } from '../place.ts'
import { isSupervisor, type StaffTalk, staffId, tellIfRefused } from '../work.ts'

const ID = 'message-menu'

export interface More {
  /** The message whose menu is open. */
  readonly chosen: Signal<number | null>
  /** The one button that Tab stops at: the arrow keys lead from it to the others. */
  readonly stop: number | undefined
}

/** Null where nobody here may do anything with a message. */
export function useMore(talk: StaffTalk, entries: readonly StaffEntry[]): More | null {
  const chosen = useSignal<number | null>(null)
  const view = talk.view.value
  const leads = isSupervisor.value || view?.owner?.agent === staffId.value
  if (view === null || !leads || view.status === 'closed' || view.merge !== null) return null
  return { chosen, stop: entries.findLast(({ body }) => body.type === 'message' || body.type === 'file')?.seq }
}

export function MoreButton({ seq, more: { chosen, stop } }: { seq: number; more: More }) {
  return (
    <button
      type="button"
      class="btn icon sm more"
      popovertarget={ID}
      aria-label={words.value.more}
      title={words.value.more}
      tabIndex={seq === stop ? 0 : -1}
      style={chosen.value === seq ? 'anchor-name: --message' : ''}
      data-testid={ids.more}
      onClick={() => (chosen.value = seq)}
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

const Begun = z.object({ conversation: z.string() })

export function MessageMenu({ talk, more: { chosen } }: { talk: StaffTalk; more: More }) {
  const split = async () => {
    document.getElementById(ID)?.hidePopover()
    const lease = talk.view.value?.owner?.lease
    const command = talk.peer.command('split', { from: chosen.value, ...(lease === undefined ? {} : { lease }) })
    await tellIfRefused(command)
    const answer = await command
    const begun = answer.ok ? Begun.safeParse(answer.value) : null
    if (begun?.success) open(begun.data.conversation)
  }
  return (
    <div id={ID} class="menu message pop" popover="auto">
      <button type="button" class="mi" data-testid={ids.split} onClick={() => void split()}>
        <Icon name="transfer" /> {words.value.split}
      </button>
    </div>
  )
}
