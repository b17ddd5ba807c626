/** What a shop includes: a launcher button, and on opening a frame with the chat, kept apart from the page's own code. */
import type { WidgetLook } from '../../core/protocol/widget.ts'
import { css, drawing } from './launcher.ts'
import { isOurs, type ToFrame } from './messages.ts'

type Listener = (detail: unknown) => void
type Identity = { token: () => Promise<unknown> }
type Call = readonly [name: string, ...args: unknown[]]

const script = document.currentScript
const settings = script instanceof HTMLScriptElement ? script.dataset : {}
const origin = script instanceof HTMLScriptElement ? new URL(script.src).origin : location.origin
const locale = settings['locale'] ?? navigator.language
const chinese = locale.startsWith('zh')
let label = chinese ? '在线咨询' : 'Chat'
const OPEN = 'parley.open'
/** A visitor who is to be forgotten: also by the next page, when this one goes before that is done. */
const OWED = 'parley.forget'
/** Whoever waits for the forgetting waits no longer than this, in ms. */
const FORGET_WITHIN = 5_000
/** How long the launcher waits to hear whether it may be here, in ms. */
const WELCOME_WITHIN = 5_000

const host = document.createElement('div')
const button = document.createElement('button')
const count = document.createElement('b')
const listeners = new Map<string, Set<Listener>>()
let frame: HTMLIFrameElement | null = null
let isOpen = false
let ready = false
let identity: Identity | null = null
let onForgotten = () => {}
let owes = false
let isLeft = false

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
  addEventListener('message', onMessage)
  show(false)
  // Before anybody opens the window.
  if (owed()) frame = makeFrame()
  if (recall() === '1') open()
  void draw()
}

/** Where the organisation wants no chat nothing is drawn. When that cannot be told, the frame itself is refused later. */
async function draw(): Promise<void> {
  const asked = `${origin}/channels/chat/${encodeURIComponent(settings['organisation'] ?? '')}/page?${new URLSearchParams({ locale })}`
  const signal = AbortSignal.timeout(WELCOME_WITHIN)
  const answer = await fetch(asked, { credentials: 'omit', signal }).catch(() => null)
  if (answer?.status === 403) return
  if (answer?.ok) dress(await answer.json().catch(() => null))
  document.body.append(host)
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
  isLeft = position === 'left'
  for (const part of [button, frame]) part?.classList.toggle('left', isLeft)
  button.hidden = look.launcher === 'none'
  label = texts.launcher ?? label
  button.setAttribute('aria-label', label)
  if (frame) frame.title = label
}

function makeFrame(): HTMLIFrameElement {
  const made = document.createElement('iframe')
  const query = new URLSearchParams({ organisation: settings['organisation'] ?? '', locale, page: location.origin })
  made.src = `${origin}/widget/?${query}`
  made.title = label
  made.classList.toggle('left', isLeft)
  made.allow = 'clipboard-write'
  made.hidden = !isOpen
  host.shadowRoot?.append(made)
  return made
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

/**
 * Who the page's user is, by the shop's own signed word; asked for anew each time one is needed. From then on nobody here is
 * a visitor: when no word can be had, the chat waits for one. `null` takes it back.
 */
function identify(next: unknown): void {
  if (next === null) identity = null
  else if (typeof next === 'object' && 'token' in next && typeof next.token === 'function') {
    const { token } = next
    identity = { token: async () => token() }
  } else return
  post({ parley: 'identity' })
}

/** The user signs out: takes the window away and forgets the visitor. The promise is kept when that is done. */
function shutdown(): Promise<void> {
  identity = null
  owed(true)
  show(false)
  recall('0')
  if (frame === null) frame = makeFrame()
  else post({ parley: 'forget' })
  return new Promise((resolve) => {
    const before = onForgotten
    onForgotten = () => {
      before()
      resolve()
    }
    setTimeout(resolve, FORGET_WITHIN)
  })
}

function forgotten(): void {
  owed(false)
  if (!isOpen) {
    frame?.remove()
    frame = null
    ready = false
  }
  onForgotten()
  onForgotten = () => {}
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
    // The frame takes these in order: it begins nothing before it is shown.
    if (owed()) post({ parley: 'forget' })
    post({ parley: 'shown', open: isOpen })
    emit('ready', null)
  } else if (data.parley === 'close') close()
  else if (data.parley === 'forgotten') forgotten()
  else if (data.parley === 'token?' && typeof data['id'] === 'string') void answerToken(data['id'])
  else if (data.parley === 'unread' && typeof data['count'] === 'number') showUnread(data['count'])
}

async function answerToken(id: string): Promise<void> {
  const asked = identity
  if (asked === null) return post({ parley: 'token', id, token: null })
  const token = await asked.token().catch(() => null)
  // A user of whom the shop cannot say anything is no visitor, and neither is one who has changed meanwhile.
  if (typeof token === 'string' && token !== '' && asked === identity) post({ parley: 'token', id, token })
  else post({ parley: 'token', id, token: null, failed: true })
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

/** Whether somebody is still to be forgotten; in the storage that all tabs of the shop share. */
function owed(next?: boolean): boolean {
  try {
    if (next === true) localStorage.setItem(OWED, '1')
    else if (next === false) localStorage.removeItem(OWED)
    owes = localStorage.getItem(OWED) === '1'
  } catch {
    owes = next ?? owes
  }
  return owes
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
