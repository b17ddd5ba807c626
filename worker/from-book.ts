/** What the edge takes from the published configuration: asked of Book once in a while, not with every request. */
import type { OrgId } from '../core/ids.ts'
import type { Config } from '../core/protocol/config.ts'
import { bookStub } from './actors.ts'
import type { Env } from './env.ts'

/** How long an isolate trusts what Book said last, in ms. */
const trust = 5_000
const caches: Map<OrgId, unknown>[] = []

/** A question about the configuration whose answer an isolate keeps; `undefined` is the one before the first. */
export function fromBook<T>(take: (config: Config | undefined) => T): (env: Env, org: OrgId) => Promise<T> {
  const known = new Map<OrgId, { readonly at: number; readonly taken: T }>()
  caches.push(known)
  return async (env, org) => {
    const last = known.get(org)
    if (last !== undefined && Date.now() - last.at < trust) return last.taken
    const book = await bookStub(env, org).read()
    const taken = take(book.ok ? book.value.config : undefined)
    known.set(org, { at: Date.now(), taken })
    return taken
  }
}

/** After a publication: what was known here may be over. */
export function forgetBook(org: OrgId): void {
  for (const known of caches) known.delete(org)
}
