/** What the organisation has configured for work on conversations: tags, dispositions, attributes, by their names. */
import { signal } from '@preact/signals'
import { Desk } from '../../core/protocol/api.ts'
import type { Details } from '../../core/protocol/conversation.ts'
import { words } from '../i18n/console.ts'
import { call } from './api.ts'

export const desk = signal<Desk>({
  tags: [],
  dispositions: [],
  attributes: [],
  customerAttributes: [],
  replies: [],
  snooze: { least: 0, most: 0 },
})

/** How long what is known of it is good enough, in ms. */
const FRESH = 60_000
let loadedAt = 0

export async function loadDesk(): Promise<void> {
  loadedAt = Date.now()
  const answer = await call('GET', '/api/v1/desk', Desk)
  if (answer.ok && answer.value !== null) desk.value = answer.value
}

/** Somebody may have published another one meanwhile. */
export async function freshDesk(): Promise<void> {
  if (Date.now() - loadedAt > FRESH) await loadDesk()
}

const nameIn = (rows: readonly { readonly id: string; readonly name: string }[], id: string): string =>
  rows.find((row) => row.id === id)?.name ?? id

export const tagName = (id: string): string => nameIn(desk.value.tags, id)
export const dispositionName = (id: string): string => nameIn(desk.value.dispositions, id)
export const attributeName = (id: string): string => nameIn(desk.value.attributes, id)

/** What is known of a customer, field by field with its name; without what is not for this reader. */
export function detailsIn(details: Details): (readonly [name: string, value: string])[] {
  const t = words.value
  return Object.entries(details).flatMap(([field, value]) => {
    const name = detailName(field)
    return name === undefined ? [] : [[name, value === true ? t.event.yes : value === false ? t.event.no : `${value}`]]
  })
}

function detailName(field: string): string | undefined {
  const t = words.value
  if (field === 'name' || field === 'email' || field === 'phone') return t.details[field]
  const [about, key] = field.split('.')
  const { attributes, customerAttributes } = desk.value
  return (about === 'conversation' ? attributes : customerAttributes).find(({ id }) => id === key)?.name
}
