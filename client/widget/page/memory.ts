/** What the loader knows over the pages of one visit. */

/** The window was open. */
export const OPEN = 'parley.open'
/** A talk is under way. */
export const LIVE = 'parley.live'
/** A visitor who is to be forgotten: also by the next page, when this one goes before that is done. */
const OWED = 'parley.forget'

let owes = false

/** Empty where there is nothing, or nothing may be kept. */
export function recall(key: string, next?: string): string {
  try {
    if (next !== undefined) sessionStorage.setItem(key, next)
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

/** Whether somebody is still to be forgotten; in the storage that all tabs of the shop share. */
export function owed(next?: boolean): boolean {
  try {
    if (next === true) localStorage.setItem(OWED, '1')
    else if (next === false) localStorage.removeItem(OWED)
    owes = localStorage.getItem(OWED) === '1'
  } catch {
    owes = next ?? owes
  }
  return owes
}
