/** The commands that are there on every screen. */

import { walked } from '../inbox/rows-of-views.ts'
import { type OfficeName, officeNames } from '../office/names.ts'
import { mayDo, mayEnter } from '../office/places.ts'
import { go, open, opened, place } from '../place.ts'
import { commandAgent, me } from '../work.ts'
import { useCommand } from './use-command.ts'

export function useGlobalCommands(): void {
  const order = walked.value
  const at = opened.value === null ? -1 : order.indexOf(opened.value)
  const step = (by: 1 | -1) => () => open(order[(at + by + order.length) % order.length] ?? null)
  const canStep = place.value.at === 'inbox' && order.length > 0
  useCommand('next', canStep ? step(1) : null)
  useCommand('previous', canStep ? (at === -1 ? () => open(order.at(-1) ?? null) : step(-1)) : null)
  useCommand('inbox', mayDo('agent.connect') ? () => go({ at: 'inbox', conversation: null }) : null)
  // As many in every turn: the places that there are, not those that one may enter.
  for (const name of officeNames) useCommand(name, mayEnter(name) ? visit(name) : null)
  useCommand('search', mayDo('agent.connect') ? () => go({ at: 'inbox', conversation: null, view: 'search' }) : null)
  useCommand('settings', () => go({ at: 'settings', page: 'preferences' }))
  const presence = me.value?.presence
  useCommand('available', presence === undefined || presence === 'available' ? null : become('available'))
  useCommand('busy', presence === undefined || presence === 'busy' ? null : become('busy'))
  useCommand('away', presence === undefined || presence === 'away' ? null : become('away'))
}

const visit = (name: OfficeName) => () => go({ at: name, page: '', query: {} })

const become = (presence: 'available' | 'busy' | 'away') => () => void commandAgent('presence', { presence })
