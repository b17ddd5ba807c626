/** What the page around the chat hears of it: that something was said, never what. */
import { computed, effect, untracked } from '@preact/signals'
import type { Chat } from './chat.ts'
import { shown, tell } from './host.ts'
import { parts } from './later-parts.ts'

export function tellPage(chat: Chat): void {
  effect(() => {
    if (chat.state.value === 'refused') tell({ parley: 'event', name: 'error', detail: { code: 'refused' } })
  })
  const standing = computed(() => chat.talk.value?.view.value?.status)
  effect(() => {
    const id = chat.talk.value?.conversation
    const status = standing.value
    if (id === undefined || status === undefined) return
    tell({ parley: 'event', name: 'conversation', detail: { id, status } })
    tell({ parley: 'live', on: status !== 'new' && status !== 'closed' })
  })
  let wasLost = false
  effect(() => {
    const link = chat.talk.value?.peer.link.value
    const isLost = link === 'offline' || link === 'stopped'
    if (isLost === wasLost || (!isLost && link === 'connecting')) return
    wasLost = isLost
    tell({ parley: 'event', name: 'offline', detail: isLost })
  })
  effect(() => {
    const talk = chat.talk.value
    return talk === null ? undefined : untracked(() => followWords(talk))
  })
}

/** Each message and file from now on, once; what was there before is no news. */
function followWords(talk: NonNullable<Chat['talk']['value']>): () => void {
  let known: number | null = null
  return effect(() => {
    const entries = talk.entries.value
    if (talk.view.value === null) return
    const from = known
    known = entries.at(-1)?.seq ?? 0
    if (from === null) return
    for (const { seq, body, from: sender } of entries)
      if (seq > from && (body.type === 'message' || body.type === 'file')) {
        if (sender.role === 'agent' && !untracked(isLooking)) untracked(() => parts()?.ring())
        tell({
          parley: 'event',
          name: 'message',
          detail: { conversation: talk.conversation, seq, from: sender.role },
        })
      }
  })
}

const isLooking = () => shown.value && !document.hidden && document.hasFocus()
