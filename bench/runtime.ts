/**
 * Starts a worker on the embedded runtime, production-like: bundled once, its state on disk, and its sockets straight from
 * the runtime's own listener to the worker, without the proxies of `wrangler dev`.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler'
import { inRoot } from '../scripts/lib/paths.mjs'

/** The bench's own secret: tickets are signed with it here and checked with it there. */
export const secret = 'a secret of the benchmarks, and of nothing else'

export interface Server {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** Of the runtime's process; undefined where there is no /proc to ask. */
  readonly pid: number | undefined
  stop(): Promise<void>
}

/** The files of the D1s by their bindings. */
export type Files = Readonly<Record<'DB' | 'SEARCH', string>>

/** Parley with every binding of wrangler.toml but the static files, and with the bench's doors. */
export async function startParley(stateDir: string): Promise<Server> {
  const { server, miniflare } = await startBench(stateDir)
  for (const { binding, migrations_dir } of unstable_readConfig({ config: inRoot('wrangler.toml') }).d1_databases) {
    const db = await miniflare.getD1Database(binding, worker)
    for (const statement of migrations(migrations_dir ?? 'migrations')) await db.prepare(statement).run()
  }
  return server
}

/** The same, where `fill` writes into the files of the migrated databases before anybody serves them. */
export async function startFilled(stateDir: string, fill: (files: Files) => Promise<void>): Promise<Server> {
  await (await startParley(stateDir)).stop()
  const folder = join(stateDir, 'd1/miniflare-D1DatabaseObject')
  const files = readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
    .map((name) => join(folder, name))
  await fill({ DB: holding(files, 'conversations'), SEARCH: holding(files, 'documents') })
  return (await startBench(stateDir)).server
}

/** The file that has this table. */
function holding(files: readonly string[], table: string): string {
  const found = files.find((file) => {
    const db = new DatabaseSync(file, { readOnly: true })
    const row = db.prepare('select 1 from sqlite_master where name = ?').get(table)
    db.close()
    return row !== undefined
  })
  if (found === undefined) throw new Error(`no database has ${table}`)
  return found
}

function startBench(stateDir: string) {
  const { assets: _assets, modulesRules: _rules, ...options } = configured()
  return start(stateDir, 'bench/entry.ts', { ...options, bindings: { PARLEY_SECRET: secret } })
}

export async function startFloor(stateDir: string): Promise<Server> {
  const durableObjects = { ROOM: { className: 'Room', useSQLite: true } }
  const { compatibilityDate } = configured()
  const dated = compatibilityDate === undefined ? {} : { compatibilityDate }
  return (await start(stateDir, 'bench/floor.ts', { ...dated, durableObjects })).server
}

const worker = 'bench'

function configured() {
  // It would say that it found the secrets of development; they are not used here.
  process.env['WRANGLER_LOG'] ??= 'error'
  return unstable_getMiniflareWorkerOptions(inRoot('wrangler.toml')).workerOptions
}

async function start(stateDir: string, entry: string, options: object) {
  mkdirSync(stateDir, { recursive: true })
  const known = new Set(childPids())
  const script = await bundle(entry)
  const own: V4WorkerOptions = {
    ...options,
    name: worker,
    modules: true,
    script,
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
  }
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      resourcePersistencePath: stateDir,
      host: '127.0.0.1',
      port: 0,
      log: new Log(LogLevel.WARN),
      handleStructuredLogs: ({ level, message }) => {
        if (level === 'error' || level === 'warn') console.error(message)
      },
      telemetry: { enabled: false },
      cf: false,
      workers: [own],
    }),
  )
  await miniflare.ready
  const { origin } = await miniflare.unsafeGetDirectURL(worker)
  const pid = childPids().find((child) => !known.has(child))
  const server: Server = { url: origin, pid, stop: () => miniflare.dispose() }
  return { server, miniflare }
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [inRoot(entry)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'warning',
  })
  return outputFiles[0]?.text ?? ''
}

function migrations(folder: string): string[] {
  const files = readdirSync(inRoot(folder)).filter((file) => file.endsWith('.sql'))
  return files
    .sort()
    .flatMap((file) => readFileSync(inRoot(folder, file), 'utf8').split('--> statement-breakpoint'))
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

/** Children of this process that are the runtime. */
function childPids(): number[] {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return pids.filter((pid) => parentOf(pid) === process.pid && commandOf(pid) === 'workerd').map(Number)
  } catch {
    return []
  }
}

/** `/proc/<pid>/stat`: pid (command) state parent … */
function parentOf(pid: string): number {
  const stat = read(join('/proc', pid, 'stat'))
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

const commandOf = (pid: string) => read(join('/proc', pid, 'comm')).trim()

/** Resident memory of a process in bytes, and the processor time it has used, in ms. */
export function usage(pid: number): { memory: number; cpu: number } {
  const memory = Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1]) * 1024
  const stat = read(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { memory, cpu: (Number(fields[11]) + Number(fields[12])) * 10 }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // It has ended since the folder was listed.
    return ''
  }
}
