// The local server: wrangler dev, as one process group that can be started, watched, killed and started again.
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PlainError } from './args.mjs'
import { inRoot, stateDirOf } from './paths.mjs'
import { bins, endGroup, isAlive, runNode, signalGroup, sleep, startNode } from './process.mjs'
import { ensureSecrets } from './secrets.mjs'

/** Brings the D1 of a state directory up to the newest migration. No server may run on it meanwhile. */
export async function migrate(stateDir) {
  if (!existsSync(inRoot('migrations')) || !readdirSync(inRoot('migrations')).some((name) => name.endsWith('.sql')))
    return
  const args = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', stateDir]
  const { code, output } = await runNode([bins.wrangler, ...args], { quiet: true })
  if (code !== 0) throw new PlainError(`The migrations could not be applied:\n${output.trim()}`)
}

/**
 * Starts wrangler dev and resolves once `/api/health` answers.
 * @param {{ port: number, stateDir: string, logFile: string, vars?: Record<string, string>, waitMs?: number }} options
 * @returns {Promise<{ pid: number, port: number, url: string, exited: Promise<number>, kill: () => Promise<void>, stop: () => Promise<void> }>}
 */
export async function startServer({ port, stateDir, logFile, vars = {}, waitMs = 90_000 }) {
  ensureSecrets()
  mkdirSync(stateDir, { recursive: true })
  mkdirSync(inRoot('dist/client'), { recursive: true })
  mkdirSync(dirname(logFile), { recursive: true })
  const log = createWriteStream(logFile, { flags: 'a' })
  const child = startNode(
    [
      ...[bins.wrangler, 'dev', '--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0'],
      ...['--persist-to', stateDir, '--show-interactive-dev-session=false'],
      ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  let gone = false
  const exited = new Promise((done) => {
    child.once('exit', (code) => {
      gone = true
      // workerd may outlive wrangler: what is left of the group goes with it.
      signalGroup(child.pid, 'SIGKILL')
      done(code ?? 1)
    })
  })
  const server = {
    pid: child.pid,
    port,
    url: `http://localhost:${port}`,
    exited,
    /** As a power cut: every process of the group at once. */
    kill: async () => {
      signalGroup(child.pid, 'SIGKILL')
      await endGroup(child.pid, 0)
    },
    stop: () => endGroup(child.pid),
  }
  const end = Date.now() + waitMs
  let last = 'nothing answered'
  while (!gone && Date.now() < end) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(5000) })
      if (answer.status === 200) return server
      last = `/api/health answered ${answer.status}`
    } catch {}
    await sleep(100)
  }
  await server.kill()
  const why = gone ? 'wrangler dev ended before it served' : `after ${waitMs / 1000} s ${last}`
  throw new PlainError(`The server did not start: ${why}. Its log, ${logFile}, ends with:\n${tail(logFile)}`)
}

export function tail(file, lines = 25) {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '(no log)'
}

const pidFile = (stateDir) => join(stateDir, 'parley.pid')

/** Who runs on a state directory: `{ pid, server, port }`, or undefined. A server whose starter was killed is ended. */
export async function ownerOf(stateDir = stateDirOf()) {
  if (!existsSync(pidFile(stateDir))) return undefined
  const owner = JSON.parse(readFileSync(pidFile(stateDir), 'utf8'))
  if (isAlive(owner.pid) && commandOf(owner.pid).includes('start')) return owner
  if (owner.server && commandOf(owner.server).includes(stateDir)) await endGroup(owner.server)
  release(stateDir)
  return undefined
}

export function own(stateDir, owner) {
  mkdirSync(stateDir, { recursive: true })
  writeFileSync(pidFile(stateDir), JSON.stringify({ pid: process.pid, ...owner }))
}

export function release(stateDir) {
  rmSync(pidFile(stateDir), { force: true })
}

/** The command line of a process, so that a number that was given out again is not taken for ours. */
function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
