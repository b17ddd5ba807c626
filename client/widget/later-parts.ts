/** Fetches what most talks never need, files and forms: when it is asked for, or once nothing else is to be done. */
import { later } from '../ui/later.ts'

/** For what is no screen. */
export const fetchLater = () => import('./parts.ts')
/** For screens: null until they are there. */
export const parts = later(fetchLater)

/** While the connection stands: nobody knows whether it will when they are needed. */
export function fetchParts(): void {
  if ('requestIdleCallback' in window) requestIdleCallback(() => parts())
  else setTimeout(parts, 2_000)
}
