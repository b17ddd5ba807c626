/** The start: who is signed in, by the server's word, or while it cannot be reached by what this browser has kept. */

import { account, load } from '../account.ts'
import { around } from '../around.ts'
import { keepOffline, recall } from './keeper.ts'

/** How long the server may take before what is kept is shown, in ms: a line that is dead says nothing for long. */
const PATIENCE = 3_000

export async function begin(): Promise<void> {
  keepOffline()
  const showKept = async () => {
    const kept = account.peek() === undefined ? await recall() : null
    if (kept !== null && account.peek() === undefined) account.value = kept
  }
  const stopWaiting = around.clock.after(PATIENCE, () => void showKept())
  await load(() => void showKept())
  stopWaiting()
}
