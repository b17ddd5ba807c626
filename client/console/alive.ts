/** Keeps a session from ending while somebody uses the console: what a person does here goes over sockets, which count for nothing. */
import { account } from './account.ts'
import { call } from './api.ts'

const everyMs = 5 * 60_000
let told = Date.now()

/** From now on a use is told at most every five minutes. */
export function tellUse(): void {
  const use = () => {
    if (account.value == null || Date.now() - told < everyMs) return
    told = Date.now()
    void call('GET', '/api/v1/session', null)
  }
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, use, { passive: true })
}
