/** The way out: signs the agent off, then the person out. */
import { words } from '../i18n/console.ts'
import { faultText } from '../i18n/faults.ts'
import { storage } from '../net/browser.ts'
import { dropHeld } from '../net/held-files.ts'
import { newId } from '../net/ids.ts'
import { dropKept, dropKeys } from '../net/kept.ts'
import { draftKey } from '../ui/draft.ts'
import { signOut } from './account.ts'
import { around } from './around.ts'
import { wipe } from './offline/keeper.ts'
import { agent, inHand, me, staffId, trouble } from './work.ts'

const ANSWER_WITHIN = 5_000

/** Whoever still owns conversations stays signed in and is told so: their customers would wait for nobody. */
export async function leave(): Promise<void> {
  const who = staffId.value
  const why = (await signOff()) ?? ((await signOut()) ? null : words.value.unreachable)
  if (why !== null) trouble.value = why
  // Nobody owns anything now that they could go into; and whoever sits down here next finds nothing.
  else await wipeAll(who)
}

/** Conversations, files on their way, words that were refused, drafts. */
async function wipeAll(who: string): Promise<void> {
  const start = `s.${who}.`
  dropKept(storage, start)
  dropKeys(storage, draftKey(start))
  await Promise.all([wipe(), dropHeld(start)])
}

/** Null when nothing is in the way. */
async function signOff(): Promise<string | null> {
  const t = words.value
  const peer = agent.value
  // Somebody who is no agent, or has signed off already.
  if (peer === null || peer.link.value === 'stopped' || me.value === null || me.value.presence === 'offline')
    return null
  const id = newId()
  const answer = await Promise.race([
    peer.command('presence', { presence: 'offline' }, { id }),
    new Promise<null>((resolve) => void around.clock.after(ANSWER_WITHIN, () => resolve(null))),
  ])
  if (answer?.ok) return null
  if (answer === null) {
    // It must not sign off later somebody who has stayed.
    peer.remove(id)
    return t.unreachable
  }
  const owned = inHand.value.filter((item) => item.state === 'owned').length
  return answer.error.code === 'conflict' && owned > 0 ? t.stillOwned(owned) : faultText(answer.error)
}
