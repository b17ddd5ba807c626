/** Which conversation is on the screen; the address bar holds it, so that a reload comes back to it. */
import { signal } from '@preact/signals'

const pattern = /^#\/conversation\/([A-Za-z0-9_.:~-]{1,128})$/
const read = () => pattern.exec(location.hash)?.[1] ?? null

export const opened = signal<string | null>(read())

export function open(conversation: string | null): void {
  if (conversation === opened.value) return
  history.pushState(null, '', conversation === null ? location.pathname : `#/conversation/${conversation}`)
  opened.value = conversation
}

for (const name of ['popstate', 'hashchange'])
  addEventListener(name, () => {
    opened.value = read()
  })
