/** What a shop includes: a launcher button, and on opening a frame with the chat, kept apart from the page's own code. */
import type { WidgetLook } from '../../core/protocol/widget.ts'
import type { Parley } from '../public/widget.d.ts'
import { isOurs, type ToFrame } from './messages.ts'
import { button, host, root, tellUnread } from './page/launcher.ts'
import { LIVE, OPEN, owed, recall } from './page/memory.ts'

type Identity = { token: () => Promise<unknown> }

const { currentScript } = document
const script = currentScript instanceof HTMLScriptElement ? currentScript : null
const settings = script?.dataset ?? {}
const { origin } = new URL(script?.src ?? location.href)
/** Whoever waits for the forgetting waits no longer than this, in ms. */
const FORGET_WITHIN = 5_000
/** How long the launcher waits to hear whether it may be here, in ms. */
const WELCOME_WITHIN = 5_000
/** A window in which nothing has come by then is taken away: it would only lie over the page. In ms. */
const READY_WITHIN = 20_000

/** By then the page has better to do no more, in ms. */
const SETTLED_AFTER = 2_000

const organisation = settings['organisation'] ?? ''
const events = new EventTarget()
let locale = settings['locale'] ?? navigator.language
let theme = 'auto'
let label = wordOf(locale)
let unread = 0
let frame: HTMLIFrameElement | null = null
let isOpen = false
let isReady = false
let isRefused = false
let identity: Identity | null = null

function wordOf(of: string): string {
  return of.startsWith('zh') ? '在线咨询' : 'Chat'
}

function mount(): void {
  button.addEventListener('click', toggle)
  addEventListener('message', onMessage)
  document.addEventListener('visibilitychange', () => tellUnread(label, unread))
  tellUnread(label, 0)
  // Before anybody opens the window.
  if (owed()) makeFrame()
  if (recall(OPEN)) open()
  // A talk that is under way is heard of on the next page too.
  else if (recall(LIVE)) setTimeout(() => recall(LIVE) && makeFrame(), SETTLED_AFTER)
  void draw().then((drawn) => drawn && document.body.append(host))
}

/** Where the organisation wants no chat nothing is drawn. When that cannot be told, the frame itself is refused later. */
async function draw(): Promise<boolean> {
  const asked = `${origin}/channels/chat/${encodeURIComponent(organisation)}/page?${new URLSearchParams({ locale })}`
  const signal = AbortSignal.timeout(WELCOME_WITHIN)
  const answer = await fetch(asked, { credentials: 'omit', signal }).catch(() => null)
  if (answer && !answer.ok && answer.status < 500) {
    isRefused = true
    vanish()
    emit('error', { code: 'refused' })
    return false
  }
  if (answer?.ok) dress(await answer.json().catch(() => null))
  return true
}

/** Properties by name and value, a name as text: nothing of an organisation's becomes part of a style sheet or of the page. */
function dress(look: WidgetLook | null): void {
  if (look === null) return
  const { position, offset, texts, light, dark } = look
  const set = (name: string, value: string | undefined) => value && host.style.setProperty(name, value)
  set('--side', `${offset.side}px`)
  set('--bottom', `${offset.bottom}px`)
  set('--brand', light?.brand)
  set('--on', light?.on)
  set('--brand-dark', dark?.brand)
  set('--on-dark', dark?.on)
  host.classList.toggle('left', position === 'left')
  button.hidden = look.launcher === 'none'
  label = texts.launcher ?? wordOf(locale)
  tellUnread(label, unread)
  if (frame) frame.title = label
}

function makeFrame(): void {
  if (frame !== null || isRefused) return
  const made = document.createElement('iframe')
  const live = recall(LIVE)
  made.src = `${origin}/widget/?${new URLSearchParams({ organisation, locale, theme, live, page: location.origin })}`
  made.title = label
  made.allow = 'clipboard-write'
  made.hidden = !isOpen
  frame = made
  root.append(made)
  setTimeout(() => {
    if (frame !== made || isReady) return
    vanish()
    emit('error', { code: 'unreachable' })
  }, READY_WITHIN)
}

/** The window goes, and what it said; the button stays, and may open another. */
function vanish(): void {
  frame?.remove()
  frame = null
  isReady = false
  display(false)
}

function display(next: boolean): void {
  isOpen = next
  if (frame) frame.hidden = !next
  button.ariaExpanded = String(next)
  post({ parley: 'shown', open: next })
}

function open(): void {
  if (isOpen || isRefused) return
  isOpen = true
  makeFrame()
  display(true)
  showUnread(0)
  recall(OPEN, '1')
  emit('open', null)
}

function close(): void {
  if (!isOpen) return
  display(false)
  recall(OPEN, '')
  button.focus()
  emit('close', null)
}

function toggle(): void {
  ;(isOpen ? close : open)()
}

function show(): void {
  host.hidden = button.hidden = false
}

function hide(): void {
  close()
  host.hidden = true
}

function identify(next: unknown): void {
  if (next === null) identity = null
  else if (typeof next === 'object' && 'token' in next && typeof next.token === 'function') {
    const { token } = next
    identity = { token: async () => token() }
  } else return
  post({ parley: 'identity' })
}

function setLocale(next: unknown): void {
  locale = String(next)
  void draw()
  post({ parley: 'locale', locale })
}

function setTheme(next: unknown): void {
  theme = String(next)
  host.setAttribute('theme', theme)
  post({ parley: 'theme', theme })
}

function shutdown(): Promise<void> {
  identity = null
  owed(true)
  display(false)
  recall(OPEN, '')
  recall(LIVE, '')
  // A frame that is made now hears of it when it is ready.
  makeFrame()
  post({ parley: 'forget' })
  return new Promise((resolve) => {
    on('forgotten', resolve)
    setTimeout(resolve, FORGET_WITHIN)
  })
}

function forgotten(): void {
  owed(false)
  showUnread(0)
  if (!isOpen) vanish()
  emit('forgotten', null)
}

function on(name: unknown, listener: unknown): () => void {
  if (typeof name !== 'string' || typeof listener !== 'function') return () => {}
  const call = (event: Event) => void (event instanceof CustomEvent && listener(event.detail))
  events.addEventListener(name, call)
  return () => events.removeEventListener(name, call)
}

/** A listener that throws hinders nobody. */
function emit(name: string, detail: unknown): void {
  events.dispatchEvent(new CustomEvent(name, { detail }))
}

function post(message: ToFrame): void {
  if (isReady) frame?.contentWindow?.postMessage(message, origin)
}

function onMessage(event: MessageEvent): void {
  if (frame === null || event.source !== frame.contentWindow || event.origin !== origin || !isOurs(event.data)) return
  const { data } = event
  if (data.parley === 'ready') {
    isReady = true
    // The frame takes these in order: it begins nothing before it is shown.
    if (owed()) post({ parley: 'forget' })
    post({ parley: 'shown', open: isOpen })
    emit('ready', null)
  } else if (data.parley === 'close') close()
  else if (data.parley === 'forgotten') forgotten()
  else if (data.parley === 'token?' && typeof data['id'] === 'string') void answerToken(data['id'])
  else if (data.parley === 'unread' && typeof data['count'] === 'number') showUnread(data['count'])
  else if (data.parley === 'live') recall(LIVE, data['on'] ? '1' : '')
  else if (data.parley === 'event') emit(String(data['name']), data['detail'])
}

async function answerToken(id: string): Promise<void> {
  const asked = identity
  if (asked === null) return post({ parley: 'token', id, token: null })
  const token = await asked.token().catch(() => null)
  // A user of whom the shop cannot say anything is no visitor, and neither is one who has changed meanwhile.
  const isKnown = typeof token === 'string' && token !== '' && asked === identity
  post({ parley: 'token', id, token: isKnown ? token : null, failed: !isKnown })
}

function showUnread(next: number): void {
  if (next !== unread) emit('unread', (unread = next))
  tellUnread(label, unread)
}

const api = { open, close, toggle, show, hide, identify, setLocale, setTheme, shutdown, on }

const byName: Record<string, ((...args: unknown[]) => unknown) | undefined> = api

/** Also takes the calls that the page made before this script was there. */
function push(...calls: readonly unknown[]): void {
  for (const call of calls) {
    if (!Array.isArray(call)) continue
    const [name, ...args]: unknown[] = call
    byName[String(name)]?.(...args)
  }
}

function run(): void {
  const before = window.parley
  mount()
  window.parley = { ...api, push } satisfies Parley
  if (Array.isArray(before)) push(...before)
}

if (document.body) run()
else addEventListener('DOMContentLoaded', run, { once: true })
