/** Whether a value may stand in a field that the organisation has defined. */
import type { AttributeValue } from './protocol/conversation.ts'
import type { Attribute } from './protocol/settings.ts'

export function suits(attribute: Attribute, value: AttributeValue): boolean {
  switch (attribute.type) {
    case 'text':
      return typeof value === 'string'
    case 'date':
      return typeof value === 'string' && isDate(value)
    case 'list':
      return typeof value === 'string' && attribute.values.includes(value)
    default:
      return typeof value === attribute.type
  }
}

/** A day that there is, as 2026-12-31. */
export function isDate(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
