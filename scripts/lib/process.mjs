import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onNpmGone } from './parent.mjs'
import { inRoot, root } from './paths.mjs'

export { sleep }

/** The JavaScript that a package runs as a command; each is run by this same Node. */
export const bins = {
  biome: inRoot('node_modules/@biomejs/biome/bin/biome'),
  'drizzle-kit': inRoot('node_modules/drizzle-kit/bin.cjs'),
  tsc: inRoot('node_modules/typescript/bin/tsc'),
  vitest: inRoot('node_modules/vitest/vitest.mjs'),
  wrangler: inRoot('node_modules/wrangler/bin/wrangler.js'),
  wranglerItself: inRoot('node_modules/wrangler/wrangler-dist/cli.js'),
}

const running = new Set()

/**
 * Starts `node <args>` as the head of its own process group, so that its grandchildren can be ended with it:
 * ending wrangler alone leaves workerd serving.
 */
export function startNode(args, options = {}) {
  const child = spawn(process.execPath, args, { cwd: root, detached: true, stdio: 'inherit', ...options })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/**
 * Runs `node <args>` to its end, `input` on its standard input. With `quiet` its output is kept and returned in place of
 * being shown.
 */
export async function runNode(args, { quiet = false, timeoutMs, env, input } = {}) {
  const shown = quiet ? 'pipe' : 'inherit'
  const child = startNode(args, {
    stdio: [input === undefined ? 'ignore' : 'pipe', shown, shown],
    env: { ...process.env, ...env },
  })
  // Whoever does not read its input may be gone before it is written.
  child.stdin?.on('error', () => {}).end(input)
  let output = ''
  let stdout = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk) => {
    output += chunk
    stdout += chunk
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    output += chunk
  })
  let timedOut = false
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true
          signalGroup(child.pid, 'SIGKILL')
        }, timeoutMs)
  const code = await new Promise((done) => {
    child.once('error', () => done(1))
    child.once('close', (status) => done(status ?? 1))
  })
  clearTimeout(timer)
  signalGroup(child.pid, 'SIGKILL')
  return { code, output, stdout, timedOut }
}

/** Sends a signal to a whole process group; false when nobody of it is left. */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
    return true
  } catch {
    return false
  }
}

/**
 * The processes of a group that still run. The dead that process 1 has not fetched yet do not count: it may take seconds,
 * and in a container whose first process fetches nobody they would stay for ever.
 */
export function groupMembers(pid) {
  if (!existsSync('/proc/self/stat')) return signalGroup(pid, 0) ? [pid] : []
  return readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? readStat(name) : undefined
    // What follows the command, which stands in brackets and may hold anything: state, parent, group, … threads.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
    const dead = /[ZX]/.test(fields[0]) && Number(fields[17]) <= 1
    return Number(fields[2]) === pid && !dead ? [Number(name)] : []
  })
}

function readStat(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
}

/** Ends a process group: asks first, insists after `graceMs`. */
export async function endGroup(pid, graceMs = 3000) {
  const end = Date.now() + graceMs
  signalGroup(pid, 'SIGTERM')
  while (groupMembers(pid).length > 0) {
    if (Date.now() > end) signalGroup(pid, 'SIGKILL')
    await sleep(25)
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// Whatever way this process ends, nothing that it started stays behind.
process.on('exit', () => {
  for (const child of running) signalGroup(child.pid, 'SIGKILL')
})

/** Resolves, once, with the signal (or the loss of the parent) that asks this process to end. */
export function askedToEnd() {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => done(signal))
    const orphaned = () => done('the end of the parent process')
    if (process.connected) process.once('disconnect', orphaned)
    onNpmGone(orphaned)
  })
}

/** For verbs that only wait for their children: on a signal, end at once (the 'exit' hook takes the children along). */
export function endOnSignal() {
  askedToEnd().then((signal) => process.exit(signal === 'SIGINT' ? 130 : 143))
}

export function portIsFree(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)))
  })
}

export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer()
    server.once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}
