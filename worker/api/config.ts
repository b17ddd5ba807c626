/** The configuration: the newest version, those before it, what differs between them, and the way back. */
import type * as z from 'zod/mini'
import { changesBetween } from '../../core/book/diff.ts'
import { warningsIn } from '../../core/book/warnings.ts'
import { own } from '../../core/own.ts'
import type {
  ConfigChanges,
  ConfigChangesQuery,
  ConfigVersionList,
  ConfigVersionQuery,
  KeptConfig,
  PublishedVersion,
  PublishQuery,
  ReturnRequest,
} from '../../core/protocol/api.ts'
import type { Config } from '../../core/protocol/config.ts'
import { scopeFor, teamOf } from '../../core/protocol/permissions.ts'
import { ok, type Result, refuse } from '../../core/result.ts'
import { bookStub } from '../actors.ts'
import { actOf } from '../audit.ts'
import { changeRights } from '../auth/access.ts'
import { insertFirstAct } from '../db/audit.ts'
import { keyNames } from '../db/keys.ts'
import { staffNames } from '../db/staff.ts'
import { forgetBook, newestConfig } from '../from-book.ts'
import { problem } from '../problems.ts'
import { type Answer, type GuardedCall, keyOf } from './route.ts'

/** A refusal shows as many of the changes. */
const mostChanges = 100

/** The newest version of the configuration. */
export async function readConfig(call: GuardedCall): Answer<{ version: number; config: Config }> {
  return newestConfig(call.env, call.org)
}

/** Publishes a configuration, whole. The key makes it safe to send again: the same key is the same version. */
export async function publishConfig(
  call: GuardedCall,
  { base, note }: z.output<typeof PublishQuery>,
  config: Config,
): Answer<PublishedVersion> {
  const id = commandOf(call)
  if (!id.ok) return id
  const made = await bookStub(call.env, call.org).publish({ ...publisher(call), id: id.value, config, base, note })
  if (!made.ok) return published(call, base, made)
  const warnings = [...warningsIn(config)].slice(0, mostChanges)
  return published(call, base, warnings.length === 0 ? made : ok({ ...made.value, warnings }))
}

/** The versions that are kept, newest first. */
export async function listVersions(
  call: GuardedCall,
  { limit, cursor }: z.output<typeof ConfigVersionQuery>,
): Answer<ConfigVersionList> {
  const kept = await bookStub(call.env, call.org).versions()
  const rest = kept.filter(({ version }) => cursor === undefined || version < Number(cursor))
  const shown = rest.slice(0, limit)
  const names = await namesOf(call, [...new Set(shown.map(({ by }) => by))])
  return ok({
    items: shown.map((one) => ({ ...one, byName: names.get(one.by) ?? null })),
    next: rest.length > limit ? String(shown.at(-1)?.version) : null,
  })
}

/** A version that is kept, whole. */
export async function readVersion(call: GuardedCall): Answer<KeptConfig> {
  const version = versionIn(call)
  const book = bookStub(call.env, call.org)
  const [read, kept] = await Promise.all([book.read(version), book.versions()])
  const facts = kept.find((one) => one.version === version)
  return read.ok && facts !== undefined ? ok({ ...facts, config: read.value.config }) : noVersion('version')
}

/** What makes one version of another. */
export async function listChanges(
  call: GuardedCall,
  { from, to }: z.output<typeof ConfigChangesQuery>,
): Answer<ConfigChanges> {
  const book = bookStub(call.env, call.org)
  const [before, after] = await Promise.all([book.read(from), book.read(to)])
  if (!before.ok) return noVersion('from')
  if (!after.ok) return noVersion('to')
  const changes = changesBetween(before.value.config, after.value.config)
  return ok({ from: before.value.version, to: after.value.version, changes })
}

/** Publishes what an earlier version says as a new one. */
export async function returnToVersion(
  call: GuardedCall,
  { base, note }: z.output<typeof ReturnRequest>,
): Answer<{ version: number }> {
  const id = commandOf(call)
  if (!id.ok) return id
  const how = { ...publisher(call), id: id.value, to: versionIn(call), base, note }
  return published(call, base, await bookStub(call.env, call.org).returnTo(how))
}

/** Who publishes; and whether how people sign in has to stay as it is. */
const publisher = ({ by }: GuardedCall) => ({ by: by.id, keepsSession: scopeFor(by, 'config.session') === 'none' })

/** What members of staff and keys are called, by id. */
async function namesOf({ db, org }: GuardedCall, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all([staffNames(db, org, ids), keyNames(db, org, ids)])
  return new Map(found.flatMap((names) => [...names]))
}

const noVersion = (field: string) =>
  refuse('not_found', 'There is no such version, or it is no longer kept.', { field })

/** NaN names no version. */
const versionIn = (call: GuardedCall) => Number(call.param('version'))

function commandOf({ request }: GuardedCall): Result<string> {
  const key = keyOf(request)
  if (!key.ok) return key
  if (key.value === undefined) return refuse('bad_input', 'must be there', { field: 'Idempotency-Key' })
  return ok(key.value)
}

/** Whoever this version has moved to another team comes back with what they may do there. */
async function tellMoved({ env, db, org }: GuardedCall, version: number): Promise<void> {
  const book = bookStub(env, org)
  const [before, after] = await Promise.all([book.read(version - 1), book.read(version)])
  const teamIn = (read: typeof before, id: string) =>
    teamOf(read.ok ? own(read.value.config.agents, id)?.team : undefined)
  const ids = [before, after].flatMap((read) => (read.ok ? Object.keys(read.value.config.agents) : []))
  const moved = [...new Set(ids)].filter((id) => teamIn(before, id) !== teamIn(after, id))
  for (const id of moved) await changeRights(env, db, { org, id })
}

/** What publishing answers: to a conflict belongs what others published since. */
async function published(call: GuardedCall, base: number, made: Result<PublishedVersion>): Answer<PublishedVersion> {
  if (made.ok) {
    forgetBook(call.org)
    const { version } = made.value
    const object = { kind: 'config', id: String(version) }
    // The request that is sent again makes no other version, and no other act.
    const act = actOf(call, 'config.publish', object, { version: version - 1 }, { version })
    await insertFirstAct(call.db, call.org, act)
    await tellMoved(call, version)
  }
  if (made.ok || made.error.code !== 'conflict') return made
  const since = await listChanges(call, { from: base })
  if (since instanceof Response || !since.ok) return made
  return problem(made.error, { changes: since.value.changes.slice(0, mostChanges) })
}
