/** The page around the frame, as the chat sees it. */
import { signal } from '@preact/signals'
import { around } from './around.ts'
import { isOurs, type ToPage } from './messages.ts'
import { Tokens } from './tokens.ts'

const query = new URLSearchParams(location.search)
export const organisation = query.get('organisation') ?? ''
export const wishedLocale = query.get('locale')
export const wishedTheme = query.get('theme')
/** A talk was under way on the page before. */
export const isLive = query.get('live') === '1'
/** The loader names its page's origin; messages from and to anybody else are dropped. */
const pageOrigin = query.get('page')
const framed = window.parent !== window && pageOrigin !== null

/** The console shows to whoever sets up the look what they would get. */
export const isPreview = framed && pageOrigin === location.origin && query.has('preview')

/** The window is shown. Without a page around it always is. */
export const shown = signal(!framed)

/** What the page has said of its user, as JSON. */
export const attributes = signal('{}')

const tokens = new Tokens(around.clock, tell)

interface Wishes {
  identity(): void
  forget(): void
  locale(next: string): void
  theme(next: string): void
}

export function listen({ identity, forget, locale, theme }: Wishes): void {
  addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== pageOrigin || !isOurs(event.data)) return
    const { data } = event
    if (data.parley === 'shown') {
      attributes.value = String(data['attributes'] ?? '{}')
      shown.value = data['open'] === true
    } else if (data.parley === 'identity') identity()
    else if (data.parley === 'token') tokens.take(data)
    else if (data.parley === 'locale' && typeof data['locale'] === 'string') locale(data['locale'])
    else if (data.parley === 'theme' && typeof data['theme'] === 'string') theme(data['theme'])
    else if (data.parley === 'forget') {
      forget()
      tell({ parley: 'forgotten' })
    }
  })
  // Keys that are pressed in here never reach the page. Whoever has used one for something of their own has stopped it.
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) tell({ parley: 'close' })
  })
  tell({ parley: 'ready' })
}

export function tell(message: ToPage): void {
  if (framed) window.parent.postMessage(message, pageOrigin)
}

/** The shop's signed word about who its user is; null for a visitor. */
export const userToken = (): Promise<string | null> => (framed ? tokens.ask() : Promise.resolve(null))
