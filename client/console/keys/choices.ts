/** What the palette offers for what was typed. */
import { SearchAnswer } from '../../../core/protocol/api.ts'
import { words } from '../../i18n/console.ts'
import { clockTime } from '../../i18n/locale.ts'
import type { icons } from '../../ui/icon.tsx'
import { call } from '../api.ts'
import { open } from '../place.ts'
import { inHand, isSupervisor, queueName, queuePeers } from '../work.ts'
import { type CommandId, commandIds, handlers, perform } from './commands.ts'
import { fits } from './fits.ts'

export interface Choice {
  readonly key: string
  readonly group: 'commands' | 'conversations' | 'record'
  readonly icon: keyof typeof icons
  readonly label: string
  readonly hint: string
  readonly command?: CommandId
  run(): void
}

const LONGEST = 8

export function commandsFor(query: string): Choice[] {
  const names = words.value.commands
  const possible = commandIds.filter((id) => id !== 'palette' && handlers.value.has(id) && fits(names[id], query))
  return possible.map((id) => ({
    key: id,
    group: 'commands',
    icon: 'right',
    label: names[id],
    hint: '',
    command: id,
    run: () => void perform(id),
  }))
}

export function conversationsFor(query: string): Choice[] {
  const own = inHand.value.map(({ conversation, customer, state }) => ({
    conversation,
    name: customer.name,
    hint: words.value.states[state],
  }))
  const waiting = [...queuePeers.value].flatMap(([queue, peer]) =>
    [...peer.value.value.values()].map(({ conversation, customer }) => ({
      conversation,
      name: customer,
      hint: queueName(queue),
    })),
  )
  const each = new Map([...waiting, ...own].map((one) => [one.conversation, one]))
  const fitting = [...each.values()].filter(({ name, hint }) => fits(`${name} ${hint}`, query))
  return fitting.slice(0, LONGEST).map(({ conversation, name, hint }) => ({
    key: conversation,
    group: 'conversations',
    icon: 'chat',
    label: name,
    hint,
    run: () => open(conversation),
  }))
}

/** Messages and notes of all conversations; nothing for who may not search the record, or types too little. */
export async function recordFor(query: string): Promise<Choice[]> {
  if (!isSupervisor.peek() || query === '') return []
  const asked = new URLSearchParams({ q: query, limit: String(LONGEST) })
  const answer = await call('GET', `/api/v1/search?${asked}`, SearchAnswer)
  const items = answer.ok ? (answer.value?.items ?? []) : []
  return items.map(({ conversation, seq, at, snippet }) => ({
    key: `${conversation}/${seq}`,
    group: 'record',
    icon: 'search',
    label: snippet.text,
    hint: clockTime(at),
    run: () => open(conversation, seq),
  }))
}
