/** The time on the screen, second by second. */
import { signal } from '@preact/signals'
import { around } from '../net/browser.ts'

export const now = signal(Date.now())

around.beat(() => {
  now.value = Date.now()
})
