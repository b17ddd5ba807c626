/** The page around the frame, as the chat sees it. */
import { signal } from '@preact/signals'
import { newId } from '../net/ids.ts'
import { isOurs, type ToPage } from './messages.ts'

const TOKEN_WITHIN = 5_000

const query = new URLSearchParams(location.search)
export const organisation = query.get('organisation') ?? ''
export const wishedLocale = query.get('locale')
/** The loader names its page's origin; messages from and to anybody else are dropped. */
const pageOrigin = query.get('page')
const framed = window.parent !== window && pageOrigin !== null

/** The window is shown. Without a page around it always is. */
export const shown = signal(!framed)

const asked = new Map<string, (token: string | null) => void>()
let onIdentity = () => {}
let onForget = () => {}

export function listen(handlers: { identity(): void; forget(): void }): void {
  onIdentity = handlers.identity
  onForget = handlers.forget
  addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== pageOrigin || !isOurs(event.data)) return
    const { data } = event
    if (data.parley === 'shown') shown.value = data['open'] === true
    else if (data.parley === 'identity') onIdentity()
    else if (data.parley === 'forget') onForget()
    else if (data.parley === 'token' && typeof data['id'] === 'string')
      asked.get(data['id'])?.(typeof data['token'] === 'string' ? data['token'] : null)
  })
  tell({ parley: 'ready' })
}

export function tell(message: ToPage): void {
  if (framed) window.parent.postMessage(message, pageOrigin)
}

/** The shop's signed word about who its user is; null for a visitor. */
export function userToken(): Promise<string | null> {
  if (!framed) return Promise.resolve(null)
  const id = newId()
  return new Promise((resolve) => {
    const settle = (token: string | null) => {
      asked.delete(id)
      clearTimeout(timer)
      resolve(token)
    }
    const timer = setTimeout(() => settle(null), TOKEN_WITHIN)
    asked.set(id, settle)
    tell({ parley: 'token?', id })
  })
}
