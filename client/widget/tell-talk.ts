/** What the page says of its user goes to the talk; what is wrong with it, to whoever writes the page. */
import { effect, untracked } from '@preact/signals'
import type { Chat } from './chat.ts'
import { attributes } from './host.ts'

export function tellTalk(chat: Chat): void {
  effect(() => {
    const talk = chat.talk.value
    const said = attributes.value
    if (talk === null || said === '{}') return
    void untracked(() => talk.peer.command('set-attributes', { attributes: JSON.parse(said) })).then((answer) => {
      if (!answer.ok && answer.error.code === 'bad_input')
        console.error(`Parley: setAttributes: ${answer.error.field} ${answer.error.message}; nothing was set.`)
    })
  })
}
