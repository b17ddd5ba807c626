/** What the edge takes from the published configuration: asked of Book once in a while, not with every request. */
import type { OrgId } from '../core/ids.ts'
import type { Config } from '../core/protocol/config.ts'
import { bookStub } from './actors.ts'
import { database } from './db/client.ts'
import { organisationById } from './db/customers.ts'
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
    // Names come from outside: one that nobody has must make no actor, and no memory of it.
    if (last === undefined && !(await isOrganisation(env, org))) return take(undefined)
    const book = await bookStub(env, org).read()
    const taken = take(book.ok ? book.value.config : undefined)
    known.set(org, { at: Date.now(), taken })
    return taken
  }
}

/** Whether an organisation has this id. */
export const isOrganisation = async (env: Env, id: string) =>
  /^[a-z0-9-]{1,63}$/.test(id) && (await organisationById(database(env.DB), id)) !== undefined

/** After a publication: what was known here may be over. */
export function forgetBook(org: OrgId): void {
  for (const known of caches) known.delete(org)
}
