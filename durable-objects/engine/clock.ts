/** The Clock port: the platform's time and chance, the one alarm of an actor and its timer. Only this file sets them. */
import type { Clock } from '../../core/engine/ports.ts'
import { ulid } from '../../core/ulid.ts'

export function bindClock(ctx: DurableObjectState, nudge: () => void): Clock {
  return {
    now: () => Date.now(),
    newId: () => ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
    wake(at) {
      // Not awaited: the write joins the turn's commit, and the output gate waits for both.
      ctx.waitUntil(at === null ? ctx.storage.deleteAlarm() : ctx.storage.setAlarm(at))
    },
    nudge(at) {
      setTimeout(nudge, at - Date.now())
    },
  }
}
