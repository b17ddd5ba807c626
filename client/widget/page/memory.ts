/** What the loader knows over the pages of one visit; where nothing may be kept, as long as its page lasts. */
import { storage } from './tag.ts'

/** The window was open. */
export const OPEN = 'parley.open'
/** A talk is under way. */
export const LIVE = 'parley.live'
/** A visitor who is to be forgotten: also by the next page, when this one goes before that is done. */
const OWED = 'parley.forget'

const notes = new Map<string, string>()

/** Empty where there is nothing; `next` is kept from now on. */
export function recall(key: string, next?: string, area: 'sessionStorage' | 'localStorage' = 'sessionStorage'): string {
  if (next !== undefined) notes.set(key, next)
  if (storage !== 'none')
    try {
      const store = window[area]
      if (next) store.setItem(key, next)
      else if (next === '') store.removeItem(key)
      return store.getItem(key) ?? ''
    } catch {}
  return notes.get(key) ?? ''
}

/** Whether somebody is still to be forgotten; all tabs of the shop know it. */
export const owed = (next?: string): string => recall(OWED, next, 'localStorage')
