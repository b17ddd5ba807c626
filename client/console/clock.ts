/** The time on the screen, second by second. */
import { signal } from '@preact/signals'
import { around } from './around.ts'

const second = signal(Date.now())

/** The time, exactly; whoever renders it does so again each second. */
export function now(): number {
  void second.value
  return Date.now()
}

around.beat(() => {
  second.value = Date.now()
})
