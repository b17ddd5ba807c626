/**
 * Brings the console's own pages when the network does not. Each build has a worker of its own, with a store of its own for that
 * build's files; what is no file of the build, and so every answer of the API, goes to the network as if nobody were here.
 */
declare const self: ServiceWorkerGlobalScope
/** Put in by the build: its name, the script that its page begins with, and the addresses of all its files. */
declare const SHELL: { readonly name: string; readonly script: string; readonly files: readonly string[] }

const PAGE = '/'
const PREFIX = 'parley-shell-'
const STORE = `${PREFIX}${SHELL.name}`
/** How long the network may take with the page, in ms. */
const PATIENCE = 4_000
/** A name with a hash in it: what it names never changes. */
const isFixed = (path: string) => /-[A-Z0-9]{8}\.[a-z0-9]+$/.test(path)

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname === PAGE && request.mode === 'navigate') event.respondWith(fromNetwork(request.url, PAGE))
  else if (SHELL.files.includes(pathname))
    event.respondWith(isFixed(pathname) ? fromStore(request) : fromNetwork(request.url, pathname))
})

/** All files of this build, or none: of another build's page, which a deploy may just have put there, the scripts are missing. */
async function install(): Promise<void> {
  const page = await fetch(PAGE, { cache: 'reload' })
  const text = await page.clone().text()
  if (!page.ok || !text.includes(SHELL.script)) throw new Error('the page is of another build')
  const store = await caches.open(STORE)
  await store.addAll([...SHELL.files])
  await store.put(PAGE, page)
  await self.skipWaiting()
}

/** The build before this one stays: tabs that run it may still ask for parts of it. */
async function activate(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== STORE)
  for (const name of others.slice(0, -1)) await caches.delete(name)
  await self.clients.claim()
}

async function fromStore(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request)
}

async function fromNetwork(url: string, path: string): Promise<Response> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
  if (answer?.ok) return answer
  const store = await caches.open(STORE)
  return (await store.match(path)) ?? answer ?? Response.error()
}

export {}
