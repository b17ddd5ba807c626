/** What a shop includes: a launcher button, and on opening a frame with the chat, kept apart from the page's own code. */
import { isOurs, type ToFrame } from './messages.ts'

type Listener = (detail: unknown) => void
type Identity = { token: () => Promise<string | null> }
type Call = readonly [name: string, ...args: unknown[]]

const script = document.currentScript
const settings = script instanceof HTMLScriptElement ? script.dataset : {}
const origin = script instanceof HTMLScriptElement ? new URL(script.src).origin : location.origin
const locale = settings['locale'] ?? navigator.language
const chinese = locale.startsWith('zh')
const label = chinese ? '在线咨询' : 'Chat'
const OPEN = 'parley.open'

const css = `
:host { all: initial; }
button { position: fixed; inset: auto 20px 20px auto; width: 56px; height: 56px; border: 0; border-radius: 50%; background: oklch(0.5 0.19 272); color: #fff; display: grid; place-items: center; cursor: pointer; box-shadow: 0 8px 24px oklch(0.25 0.03 272 / 0.25); z-index: 2147483000; }
button:hover { background: oklch(0.45 0.19 272); }
button:focus-visible { outline: 3px solid oklch(0.5 0.19 272); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
svg { width: 26px; height: 26px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
b { position: absolute; top: -2px; right: -2px; min-width: 20px; height: 20px; padding: 0 5px; box-sizing: border-box; border-radius: 10px; background: oklch(0.545 0.2 25); font: 600 12px/20px system-ui, sans-serif; text-align: center; }
iframe { position: fixed; inset: auto 20px 92px auto; width: 384px; height: min(640px, calc(100dvh - 112px)); border: 0; border-radius: 16px; box-shadow: 0 24px 64px oklch(0.25 0.03 272 / 0.25); color-scheme: light dark; z-index: 2147483000; }
[hidden] { display: none !important; }
@media (max-width: 719px) { iframe { inset: 0; width: 100%; height: 100dvh; border-radius: 0; } .open { display: none; } }
@media print { :host { display: none; } }`

const host = document.createElement('div')
const button = document.createElement('button')
const count = document.createElement('b')
const listeners = new Map<string, Set<Listener>>()
let frame: HTMLIFrameElement | null = null
let isOpen = false
let ready = false
let identity: Identity | null = null

function mount(): void {
  const root = host.attachShadow({ mode: 'open' })
  // A constructed sheet needs no permission from the page's content security policy.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  button.type = 'button'
  button.dataset['testid'] = 'launcher'
  button.setAttribute('aria-label', label)
  button.setAttribute('aria-haspopup', 'dialog')
  button.append(drawing())
  count.hidden = true
  button.append(count)
  button.addEventListener('click', toggle)
  root.append(button)
  document.body.append(host)
  addEventListener('message', onMessage)
  show(false)
  if (recall() === '1') open()
}

function drawing(): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(space, 'path')
  path.setAttribute(
    'd',
    'M2.75 5A2.25 2.25 0 0 1 5 2.75h6A2.25 2.25 0 0 1 13.25 5v3.5A2.25 2.25 0 0 1 11 10.75H7.5l-2.75 2.5v-2.5A2.1 2.1 0 0 1 2.75 8.7z',
  )
  path.setAttribute('vector-effect', 'non-scaling-stroke')
  svg.append(path)
  return svg
}

function makeFrame(): HTMLIFrameElement {
  const made = document.createElement('iframe')
  const query = new URLSearchParams({ organisation: settings['organisation'] ?? '', locale, page: location.origin })
  made.src = `${origin}/widget/?${query}`
  made.title = label
  made.allow = 'clipboard-write'
  made.addEventListener('keydown', onKey)
  host.shadowRoot?.append(made)
  return made
}

function onKey(event: KeyboardEvent): void {
  if (event.key === 'Escape') close()
}

function show(next: boolean): void {
  isOpen = next
  if (frame) frame.hidden = !next
  button.classList.toggle('open', next)
  button.setAttribute('aria-expanded', String(next))
  post({ parley: 'shown', open: next })
}

function open(): void {
  if (isOpen) return
  frame ??= makeFrame()
  show(true)
  count.hidden = true
  recall('1')
  emit('open', null)
}

function close(): void {
  if (!isOpen) return
  show(false)
  recall('0')
  button.focus()
  emit('close', null)
}

function toggle(): void {
  if (isOpen) close()
  else open()
}

/** Who the page's user is, by the shop's own signed word; asked for anew each time one is needed. */
function identify(next: unknown): void {
  if (typeof next !== 'object' || next === null || !('token' in next) || typeof next.token !== 'function') return
  const { token } = next
  identity = { token: async () => token() }
  post({ parley: 'identity' })
}

/** The user signs out: forgets the visitor and takes the window away. */
function shutdown(): void {
  post({ parley: 'forget' })
  const gone = frame
  frame = null
  ready = false
  identity = null
  show(false)
  recall('0')
  // Time to forget, before the frame goes.
  setTimeout(() => gone?.remove(), 500)
}

function on(name: unknown, listener: unknown): void {
  if (typeof name !== 'string' || typeof listener !== 'function') return
  const set = listeners.get(name) ?? new Set()
  set.add((detail) => listener(detail))
  listeners.set(name, set)
}

function emit(name: string, detail: unknown): void {
  for (const listener of listeners.get(name) ?? []) listener(detail)
}

function post(message: ToFrame): void {
  if (ready) frame?.contentWindow?.postMessage(message, origin)
}

function onMessage(event: MessageEvent): void {
  if (frame === null || event.source !== frame.contentWindow || event.origin !== origin || !isOurs(event.data)) return
  const { data } = event
  if (data.parley === 'ready') {
    ready = true
    post({ parley: 'shown', open: isOpen })
    emit('ready', null)
  } else if (data.parley === 'close') close()
  else if (data.parley === 'token?' && typeof data['id'] === 'string') void answerToken(data['id'])
  else if (data.parley === 'unread' && typeof data['count'] === 'number') showUnread(data['count'])
}

async function answerToken(id: string): Promise<void> {
  let token: string | null = null
  try {
    token = (await identity?.token()) ?? null
  } catch {
    // The shop could not say: a visitor, then.
  }
  post({ parley: 'token', id, token })
}

function showUnread(unread: number): void {
  count.textContent = String(unread)
  count.hidden = unread === 0
  button.setAttribute('aria-label', unread === 0 ? label : `${label} (${unread})`)
  emit('unread', unread)
}

/** Whether the window was open stays over the pages of one visit. */
function recall(next?: string): string | null {
  try {
    if (next !== undefined) sessionStorage.setItem(OPEN, next)
    return sessionStorage.getItem(OPEN)
  } catch {
    return null
  }
}

const api = { open, close, toggle, identify, shutdown, on }

/** Also takes the calls that the page made before this script was there. */
function push(...calls: Call[]): void {
  for (const [name, ...args] of calls) {
    const found = Object.entries<(...args: unknown[]) => void>(api).find(([known]) => known === name)
    found?.[1](...args)
  }
}

declare global {
  interface Window {
    parley?: unknown
  }
}

function run(): void {
  const before = window.parley
  mount()
  window.parley = { ...api, push }
  if (Array.isArray(before)) push(...before.filter((call): call is Call => Array.isArray(call)))
}

if (document.body) run()
else addEventListener('DOMContentLoaded', run, { once: true })
