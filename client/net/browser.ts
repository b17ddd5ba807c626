/** Binds the ports of the network code to the browser. */
import type { Around, Clock } from './around.ts'
import { newId } from './ids.ts'
import { type Kept, type KeptStorage, kept, tabLock } from './kept.ts'

const clock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, task) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

export const tab = newId()
// Held as long as this page lives; never awaited. Says to other pages that our unanswered words are looked after.
void navigator.locks?.request(tabLock(tab), () => new Promise(() => {}))

const RELOADED = 'parley.reloaded'
const RELOAD_EVERY = 60_000

/** All but what a page itself decides: how it comes by what carries a link where sockets cannot. */
export const aroundBy = (polling: Around['polling']): Around => ({
  clock,
  origin: location.origin,
  tab,
  online: () => navigator.onLine,
  watch(listener) {
    const stop = new AbortController()
    const { signal } = stop
    addEventListener('online', () => listener('online'), { signal })
    addEventListener('offline', () => listener('offline'), { signal })
    addEventListener('pageshow', () => listener('visible'), { signal })
    document.addEventListener('visibilitychange', () => document.hidden || listener('visible'), { signal })
    return () => stop.abort()
  },
  beat(listener) {
    listeners.add(listener)
    startBeat()
    return () => listeners.delete(listener)
  },
  fetch: (url, init) => fetch(url, init),
  polling,
  reload() {
    // Once: a server that still says no after that would make us reload for ever.
    const last = Number(recall(RELOADED) ?? 0)
    if (Math.abs(Date.now() - last) < RELOAD_EVERY) return
    remember(RELOADED, String(Date.now()))
    location.reload()
  },
})

const listeners = new Set<() => void>()
let beating = false

function startBeat(): void {
  if (beating) return
  beating = true
  const tick = () => {
    for (const listener of listeners) listener()
  }
  try {
    const worker = new Worker('/assets/beat.worker.js')
    worker.onmessage = tick
    worker.onerror = () => setInterval(tick, 1_000)
  } catch {
    setInterval(tick, 1_000)
  }
}

/** Storage that may be forbidden, as in a frame without third-party storage; then it lasts as long as the page. */
const memory = new Map<string, string>()
const memoryStorage: KeptStorage = {
  getItem: (key) => memory.get(key) ?? null,
  setItem: (key, value) => void memory.set(key, value),
  removeItem: (key) => void memory.delete(key),
  key: (at) => [...memory.keys()][at] ?? null,
  get length() {
    return memory.size
  },
}
/** Nothing is to be kept here: the page that shows us says so. */
export const isForgetful = new URLSearchParams(location.search).get('storage') === 'none'
export const storage = usable()

function usable(): KeptStorage {
  if (isForgetful) return memoryStorage
  try {
    localStorage.setItem('parley.probe', '1')
    localStorage.removeItem('parley.probe')
    return localStorage
  } catch {
    return memoryStorage
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) storage.removeItem(key)
    else storage.setItem(key, value)
  } catch {}
}

export const recall = (key: string): string | null => storage.getItem(key)

/** Unanswered words of `scope`, in this browser. */
export function keptHere(scope: string): Kept {
  return kept(
    {
      tab,
      storage,
      locks: navigator.locks,
      watch(listener) {
        const stop = new AbortController()
        addEventListener('storage', ({ key }) => key !== null && listener(key), { signal: stop.signal })
        return () => stop.abort()
      },
    },
    scope,
  )
}
