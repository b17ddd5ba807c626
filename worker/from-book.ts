/** The newest configuration as the edge has it: Book is asked which it is, and sends it only when it is another one. */
import type { OrgId } from '../core/ids.ts'
import type { NewestConfig } from '../core/protocol/actors.ts'
import type { Published } from '../core/protocol/book-messages.ts'
import type { Config } from '../core/protocol/config.ts'
import { ok, type Result } from '../core/result.ts'
import { bookStub } from './actors.ts'
import { database } from './db/client.ts'
import { organisationById } from './db/customers.ts'
import type { Env } from './env.ts'

/** How long an isolate trusts what Book said last, in ms. */
const trust = 5_000
/** Of how many organisations an isolate keeps the configuration. */
const kept = 50

interface Copy {
  /** When Book was asked last. */
  readonly at: number
  readonly mark: string
  readonly published: Published
}
const copies = new Map<OrgId, Copy>()

/** The newest configuration. Refused with `not_found` before the first. */
export async function newestConfig(env: Env, org: OrgId): Promise<Result<Published>> {
  const copy = copies.get(org)
  const answer = await ask(env, org, copy?.mark ?? '')
  if (!answer.ok) return answer
  const { mark, published = copy?.published } = answer.value
  if (published === undefined) throw new Error('Book sent no configuration to who has none')
  // The one that was used last comes to the end.
  copies.delete(org)
  copies.set(org, { at: Date.now(), mark, published })
  const [oldest] = copies.keys()
  if (copies.size > kept && oldest !== undefined) copies.delete(oldest)
  return ok(published)
}

async function ask(env: Env, org: OrgId, mark: string): Promise<Result<NewestConfig>> {
  const book = bookStub(env, org)
  try {
    return await book.newest(mark)
  } catch {
    // During a deploy Book may still be of the version that does not know this question.
    const read = await bookStub(env, org).read()
    return read.ok ? ok({ mark: '', published: read.value }) : read
  }
}

/** The newest configuration as it was at most five seconds ago; undefined before the first. */
export const recentConfig = async (env: Env, org: OrgId): Promise<Config | undefined> =>
  (await recent(env, org))?.config

/** With its version. */
export async function recent(env: Env, org: OrgId): Promise<Published | undefined> {
  const copy = copies.get(org)
  if (copy !== undefined && Date.now() - copy.at < trust) return copy.published
  // Names come from outside: one that nobody has must make no actor.
  if (copy === undefined && !(await isOrganisation(env, org))) return undefined
  const newest = await newestConfig(env, org)
  return newest.ok ? newest.value : undefined
}

/** A question about the recent configuration whose answer is worked out once for each version; `undefined` is the one before the first. */
export function fromBook<T>(take: (config: Config | undefined) => T): (env: Env, org: OrgId) => Promise<T> {
  const before = take(undefined)
  const taken = new WeakMap<Config, { readonly value: T }>()
  return async (env, org) => {
    const config = await recentConfig(env, org)
    if (config === undefined) return before
    const known = taken.get(config) ?? { value: take(config) }
    taken.set(config, known)
    return known.value
  }
}

/** Whether an organisation has this id. */
export const isOrganisation = async (env: Env, id: string) =>
  /^[a-z0-9-]{1,63}$/.test(id) && (await organisationById(database(env.DB), id)) !== undefined

/** After a publication: what was known here may be over. */
export function forgetBook(org: OrgId): void {
  copies.delete(org)
}
