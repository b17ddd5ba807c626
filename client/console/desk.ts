/** What the organisation has configured for work on conversations: tags, dispositions, attributes, by their names. */
import { signal } from '@preact/signals'
import { Desk } from '../../core/protocol/api.ts'
import { call } from './api.ts'

export const desk = signal<Desk>({ tags: [], dispositions: [], attributes: [], snooze: { least: 0, most: 0 } })

export async function loadDesk(): Promise<void> {
  const answer = await call('GET', '/api/v1/desk', Desk)
  if (answer.ok && answer.value !== null) desk.value = answer.value
}

const nameIn = (rows: readonly { readonly id: string; readonly name: string }[], id: string): string =>
  rows.find((row) => row.id === id)?.name ?? id

export const tagName = (id: string): string => nameIn(desk.value.tags, id)
export const dispositionName = (id: string): string => nameIn(desk.value.dispositions, id)
export const attributeName = (id: string): string => nameIn(desk.value.attributes, id)
