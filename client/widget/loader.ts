/** What a shop includes: a launcher button, and on opening a frame with the chat, kept apart from the page's own code. */
import type { WidgetLook } from '../../core/protocol/widget.ts'
import type { Parley } from '../public/widget.d.ts'
import type { ToFrame } from './messages.ts'
import { button, host, root, tellUnread } from './page/launcher.ts'
import { LIVE, OPEN, owed, recall } from './page/memory.ts'
import { organisation, origin, settings, storage } from './page/tag.ts'

/** How long the launcher waits to hear whether it may be here, and a page for the forgetting, in ms. */
const WITHIN = 5_000
/** A window in which nothing has come by then is taken away: it would only lie over the page. In ms. */
const READY_WITHIN = 20_000

/** By then the page has better to do no more, in ms. */
const SETTLED_AFTER = 2_000

const events = new EventTarget()
let locale = settings['locale'] ?? navigator.language
let theme = 'auto'
let label = 'Chat'
let unread = 0
let frame: HTMLIFrameElement | null = null
let isOpen = false
let isReady = false
let isRefused = false
/** Asks the page for the word of its server; null: the page has no user. */
let identity: (() => Promise<unknown>) | null = null
/** What the page has said of its user, as JSON. */
let attributes = '{}'

function mount(): void {
  button.addEventListener('click', toggle)
  addEventListener('message', onMessage)
  document.addEventListener('visibilitychange', tell)
  tell()
  display(false)
  // Before anybody opens the window.
  if (owed()) makeFrame()
  if (recall(OPEN)) open()
  // A talk that is under way is heard of on the next page too.
  else if (recall(LIVE)) setTimeout(() => recall(LIVE) && makeFrame(), SETTLED_AFTER)
  void draw()
}

/** Where the organisation wants no chat nothing is drawn. When that cannot be told, the frame itself is refused later. */
async function draw(): Promise<void> {
  const look = await ask()
  if (isRefused) return emit('error', { code: 'refused' })
  if (look !== null) dress(look)
  if (host.isConnected) return
  document.body.append(host)
  const nudges = look?.nudges
  if (nudges)
    import(`${origin}/widget-nudge.js`)
      .then(({ watch }: typeof import('./page/nudge.ts')) => watch(nudges, { root, locale, recall, open, ask }))
      .catch(() => {})
}

/** How the chat looks here; null where that cannot be told. */
async function ask(): Promise<WidgetLook | null> {
  const asked = `${origin}/channels/chat/${organisation}/page?${new URLSearchParams({ locale })}`
  const signal = AbortSignal.timeout(WITHIN)
  try {
    const answer = await fetch(asked, { credentials: 'omit', signal })
    if (answer.ok) return await answer.json()
    isRefused = answer.status < 500
    if (isRefused) vanish()
  } catch {}
  return null
}

/** Properties by name and value, a name as text: nothing of an organisation's becomes part of a style sheet or of the page. */
function dress(look: WidgetLook): void {
  const { position, offset, light, dark } = look
  const properties = {
    right: 'auto',
    left: 'auto',
    [position]: `${offset.side}px`,
    bottom: `${offset.bottom}px`,
    brand: light?.brand,
    on: light?.on,
    'brand-dark': dark?.brand,
    'on-dark': dark?.on,
  }
  for (const [name, value] of Object.entries(properties)) if (value) host.style.setProperty(`--${name}`, value)
  button.hidden = look.launcher === 'none'
  label = look.label ?? label
  tell()
  if (frame) frame.title = label
}

function makeFrame(): void {
  if (frame !== null || isRefused) return
  const made = document.createElement('iframe')
  const live = recall(LIVE)
  made.src = `${origin}/widget/?${new URLSearchParams({ organisation, locale, theme, live, storage, page: location.origin })}`
  made.title = label
  made.allow = 'autoplay'
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
  post({ parley: 'shown', open: next, attributes })
}

function open(): void {
  if (isOpen || isRefused) return
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
  // What was said of one is not said of another.
  if (identity) setAttributes(null)
  const { token }: { token?: unknown } = Object(next)
  identity = typeof token === 'function' ? async () => token() : null
  post({ parley: 'identity' })
}

/** Until the chat is there they wait; null forgets them. */
function setAttributes(next: unknown): void {
  attributes = next === null ? '{}' : JSON.stringify({ ...JSON.parse(attributes), ...Object(next) })
  display(isOpen)
}

function setLocale(next: unknown): void {
  locale = String(next)
  void draw()
  post({ parley: 'locale', locale })
}

function setTheme(next: unknown): void {
  theme = String(next)
  host.style.setProperty('--theme', theme === 'auto' ? 'light dark' : theme)
  post({ parley: 'theme', theme })
}

function shutdown(): Promise<void> {
  identity = null
  attributes = '{}'
  owed('1')
  display(false)
  recall(OPEN, '')
  recall(LIVE, '')
  // A frame that is made now hears of it when it is ready.
  makeFrame()
  post({ parley: 'forget' })
  return new Promise((resolve) => {
    on('forgotten', resolve)
    setTimeout(resolve, WITHIN)
  })
}

function forgotten(): void {
  owed('')
  showUnread(0)
  if (!isOpen) vanish()
  emit('forgotten', null)
}

function on(name: unknown, listener: unknown): () => void {
  const call = (event: Event) =>
    event instanceof CustomEvent && typeof listener === 'function' && listener(event.detail)
  events.addEventListener(String(name), call)
  return () => events.removeEventListener(String(name), call)
}

/** A listener that throws hinders nobody. */
function emit(name: string, detail: unknown): void {
  events.dispatchEvent(new CustomEvent(name, { detail }))
}

function post(message: ToFrame): void {
  if (isReady) frame?.contentWindow?.postMessage(message, origin)
}

function onMessage({ source, origin: from, data }: MessageEvent<unknown>): void {
  if (!frame || source !== frame.contentWindow || from !== origin) return
  const said: Said = Object(data)
  hear[String(said['parley'])]?.(said)
}

type Said = Readonly<Record<string, unknown>>
/** What the frame says. */
const hear: Record<string, ((said: Said) => unknown) | undefined> = {
  ready() {
    isReady = true
    // The frame takes these in order: it begins nothing before it is shown.
    if (owed()) post({ parley: 'forget' })
    display(isOpen)
    emit('ready', null)
  },
  close,
  forgotten,
  'token?': ({ id }) => answerToken(String(id)),
  unread: ({ count }) => showUnread(Number(count)),
  live: ({ on: isLive }) => recall(LIVE, isLive ? '1' : ''),
  event: ({ name, detail }) => emit(String(name), detail),
}

async function answerToken(id: string): Promise<void> {
  const asked = identity
  const token = await asked?.().catch(() => null)
  // A user of whom the shop cannot say anything is no visitor, and neither is one who has changed meanwhile.
  const isKnown = typeof token === 'string' && token !== '' && asked === identity
  post({ parley: 'token', id, token: isKnown ? token : null, failed: asked !== null && !isKnown })
}

function showUnread(next: number): void {
  if (next !== unread) emit('unread', (unread = next))
  tell()
}

function tell(): void {
  tellUnread(label, unread)
}

const api = { open, close, toggle, show, hide, identify, setAttributes, setLocale, setTheme, shutdown, on }

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
