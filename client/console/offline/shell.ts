/** The service worker that brings the console's own pages when the network does not; see `client/shell/`. */

const SCRIPT = '/service-worker.js'

/** Plain http and some private windows have none: then a reload needs the network. */
export async function useShell(): Promise<void> {
  try {
    await navigator.serviceWorker?.register(SCRIPT, { scope: '/' })
  } catch {}
}

export async function dropShell(): Promise<void> {
  try {
    const here = await navigator.serviceWorker?.getRegistration('/')
    if (here === undefined) return
    await here.unregister()
    for (const name of await caches.keys()) await caches.delete(name)
  } catch {}
}
