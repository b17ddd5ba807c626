/** For pages that call Chatwoot's, Intercom's or Zendesk's widget: their documented calls, made to ours. See docs/embedding.md. */
import type { ParleyCall, ParleyEvents } from '../public/widget.d.ts'

type Anything = readonly unknown[]
type Calls = Readonly<Record<string, (...args: Anything) => void>>

const call = (...of: ParleyCall) => {
  window.parley ??= []
  window.parley.push(of)
}
const on = <Name extends keyof ParleyEvents>(name: Name, listener: (detail: ParleyEvents[Name]) => void) =>
  call('on', name, listener)

const warned = new Set<string>()

/** Once for each call that has no counterpart. */
function warn(what: string): void {
  if (warned.has(what)) return
  warned.add(what)
  console.warn(`Parley: ${what} has no counterpart here; see docs/embedding.md.`)
}

function carryOut(calls: Calls, name: string, args: Anything, whose: string): void {
  const found = Object.hasOwn(calls, name) ? calls[name] : undefined
  if (found) found(...args)
  else warn(`${whose} ${name}`)
}

const isCallable = (value: unknown): value is (...args: Anything) => unknown => typeof value === 'function'
/** A field of what may be anything. */
const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined

let isOpen = false
let unread = 0
on('open', () => (isOpen = true))
on('close', () => (isOpen = false))
on('unread', (count) => (unread = count))

const openOr = (state: unknown) => call(state === 'open' ? 'open' : state === 'close' ? 'close' : 'toggle')

// Chatwoot: https://www.chatwoot.com/docs/product/channels/live-chat/sdk/setup
const chatwoot: Calls = {
  toggle: openOr,
  toggleBubbleVisibility: (state) => call(state === 'hide' ? 'hide' : 'show'),
  setLocale: (locale) => call('setLocale', locale),
  setColorScheme: (scheme) => call('setTheme', scheme),
  reset: () => call('shutdown'),
}
Object.assign(window, {
  $chatwoot: new Proxy(Object.freeze({ hasLoaded: true }), {
    get: (known, name) =>
      name in known
        ? Reflect.get(known, name)
        : (...args: Anything) => carryOut(chatwoot, String(name), args, '$chatwoot'),
  }),
  chatwootSDK: { run: () => {} },
})
const tell = (name: string, detail?: unknown) => window.dispatchEvent(new CustomEvent(`chatwoot:${name}`, { detail }))
on('ready', () => tell('ready'))
on('error', (error) => tell('error', error))
on('message', (message) => tell('on-message', message))

// Intercom: https://developers.intercom.com/installing-intercom/web/methods
const known = (settings: unknown) => {
  const jwt = field(settings, 'intercom_user_jwt')
  const language = field(settings, 'language_override')
  if (typeof jwt === 'string') call('identify', { token: () => jwt })
  else if (field(settings, 'user_id') !== undefined) warn("Intercom's user without intercom_user_jwt")
  if (typeof language === 'string') call('setLocale', language)
  if (field(settings, 'hide_default_launcher') === true) call('hide')
}
const intercom: Calls = {
  boot: known,
  update: known,
  show: () => call('open'),
  hide: () => call('close'),
  showMessages: () => call('open'),
  showNewMessage: () => call('open'),
  shutdown: () => call('shutdown'),
  onShow: (listener) => isCallable(listener) && on('open', () => listener()),
  onHide: (listener) => isCallable(listener) && on('close', () => listener()),
  onUnreadCountChange: (listener) => isCallable(listener) && on('unread', listener),
}

// Zendesk: https://developer.zendesk.com/api-reference/widget-messaging/web/core/
const zendesk: Calls = {
  'messenger open': () => call('open'),
  'messenger close': () => call('close'),
  'messenger show': () => call('show'),
  'messenger hide': () => call('hide'),
  'messenger logoutUser': () => call('shutdown'),
  'messenger loginUser': (ask) =>
    isCallable(ask) && call('identify', { token: () => new Promise((resolve) => ask(resolve)) }),
  'messenger:set locale': (locale) => call('setLocale', locale),
  'messenger:on open': (listener) => isCallable(listener) && on('open', () => listener()),
  'messenger:on close': (listener) => isCallable(listener) && on('close', () => listener()),
  'messenger:on unreadMessages': (listener) => isCallable(listener) && on('unread', listener),
  'messenger:get unreadMessages': (listener) => isCallable(listener) && listener(unread),
  'messenger:get isOpen': (listener) => isCallable(listener) && listener(isOpen),
}

Object.assign(window, {
  Intercom: (name: string, ...args: Anything) => carryOut(intercom, name, args, 'Intercom'),
  zE: (scope: string, name: string, ...args: Anything) => carryOut(zendesk, `${scope} ${name}`, args, 'zE'),
})
known(Reflect.get(window, 'intercomSettings'))
