// The local server: wrangler dev, as one process group that can be started, watched, killed and started again.
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PlainError } from './args.mjs'
import { inRoot, stateDirOf } from './paths.mjs'
import { bins, endGroup, isAlive, runNode, signalGroup, sleep, startNode } from './process.mjs'
import { ensureSecrets, givenVars } from './secrets.mjs'

/** Each D1 by its binding, and where its migrations are. */
const databases = { DB: 'migrations', SEARCH: 'migrations-search' }

/** Brings the D1s of a state directory up to their newest migrations. No server may run on it meanwhile. */
export async function migrate(stateDir) {
  for (const [binding, folder] of Object.entries(databases)) {
    const names = existsSync(inRoot(folder)) ? readdirSync(inRoot(folder)).filter((name) => name.endsWith('.sql')) : []
    // To ask wrangler takes seconds.
    const mark = join(stateDir, `migrated-${binding}`)
    const wanted = names.sort().join('\n')
    if (names.length === 0 || (existsSync(mark) && readFileSync(mark, 'utf8') === wanted)) continue
    const args = ['d1', 'migrations', 'apply', binding, '--local', '--persist-to', stateDir]
    const { code, output } = await runNode([bins.wrangler, ...args], { quiet: true })
    if (code !== 0) throw new PlainError(`The migrations could not be applied:\n${output.trim()}`)
    writeFileSync(mark, wanted)
  }
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
      ...[
        '--import',
        inRoot('scripts/lib/leash.mjs'),
        bins.wrangler,
        'dev',
        '--ip',
        '127.0.0.1',
        '--port',
        String(port),
        '--inspector-port',
        '0',
      ],
      ...['--persist-to', stateDir, '--show-interactive-dev-session=false'],
      ...(givenVars() === undefined ? [] : ['--env-file', givenVars()]),
      ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  )
  let end = Date.now() + waitMs
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false })
    // wrangler waits for the sources to be mended; whoever waits for the server should hear of it sooner.
    stream.setEncoding('utf8').on('data', (text) => {
      if (/Build failed|✘ .*ERROR/.test(text)) end = Math.min(end, Date.now() + 3000)
    })
  }
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
  const why = gone ? 'wrangler dev ended before it served' : last
  throw new PlainError(`The server did not start: ${why}. Its log, ${logFile}, ends with:\n${tail(logFile)}`)
}

const MINUTE = 60_000

/** Rings the cron of wrangler.toml once a minute, which the platform does by itself and wrangler dev does not. */
export function ringDuties(port, onTrouble) {
  const ring = async () => {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/cdn-cgi/local/scheduled`, {
        signal: AbortSignal.timeout(MINUTE / 2),
      })
      if (!answer.ok) onTrouble(`the minute's duties answered ${answer.status}`)
    } catch (error) {
      // While the server is being started again, nobody is there; the next minute comes.
      onTrouble(`the minute's duties did not run: ${error instanceof Error ? error.message : error}`)
    }
  }
  setInterval(ring, MINUTE).unref()
}

export function tail(file, lines = 25) {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '(no log)'
}

const pidFile = (stateDir) => join(stateDir, 'parley.pid')

/** Who runs on a state directory: `{ pid, port }`, or undefined. */
export function ownerOf(stateDir = stateDirOf()) {
  if (!existsSync(pidFile(stateDir))) return undefined
  const owner = JSON.parse(readFileSync(pidFile(stateDir), 'utf8'))
  return isAlive(owner.pid) && commandOf(owner.pid).includes('start') ? owner : undefined
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
  const file = `/proc/${pid}/cmdline`
  // Where there is no such file the number has to do.
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : 'start'
}
