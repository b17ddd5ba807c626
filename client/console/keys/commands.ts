/** The commands that have a name: what they are called is in the catalogue, what they do is told by whoever is on the screen. */
import { signal } from '@preact/signals'
import { officeNames } from '../office/names.ts'

export const commandIds = [
  'palette',
  'help',
  'accept',
  'decline',
  'take',
  'reply',
  'note',
  'transfer',
  'consult',
  'hold',
  'snooze',
  'close',
  'next',
  'previous',
  'available',
  'busy',
  'away',
  'inbox',
  'view',
  'search',
  ...officeNames,
  'settings',
] as const
export type CommandId = (typeof commandIds)[number]

type Handlers = ReadonlyMap<CommandId, () => void>
/** What can be done right now. */
export const handlers = signal<Handlers>(new Map())

export function perform(id: CommandId): boolean {
  const run = handlers.peek().get(id)
  run?.()
  return run !== undefined
}
