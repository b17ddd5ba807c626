/** What a person has put into a control that shows what an actor says: it stays there until the actor has answered. */
import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'

export interface Held<T> {
  readonly shown: T
  /** While it is being written: nothing is sent yet. */
  hold(value: T): void
  /** Holds it and sends it; after the answer the control shows what the actor says, which after a refusal is the old. */
  send(value: T): Promise<void>
}

/**
 * A screen may be drawn anew at any time between a person's doing and the actor's answer, and a control that shows nothing
 * but `told` would be thrown back by that.
 */
export function useHeld<T>(told: T, tell: (value: T) => Promise<unknown>): Held<T> {
  const held = useSignal<{ readonly value: T } | null>(null)
  const underWay = useRef(0)
  return {
    shown: held.value === null ? told : held.value.value,
    hold(value) {
      held.value = value === told && underWay.current === 0 ? null : { value }
    },
    async send(value) {
      held.value = { value }
      underWay.current++
      await tell(value)
      underWay.current--
      // What was written or chosen since then has its own answer to wait for.
      if (underWay.current === 0 && held.peek()?.value === value) held.value = null
    },
  }
}
