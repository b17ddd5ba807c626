import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { findNode, nodeIsEnough } from './node.mjs'
import { inRoot, root } from './paths.mjs'

const stampFile = inRoot('node_modules/.parley-lock')
const lockStamp = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex')

/** Runs `npm ci` when there are no packages, or when they are those of another lock file. */
export async function ensureInstalled() {
  const wanted = lockStamp()
  const present = existsSync(inRoot('node_modules'))
  if (present && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return
  if (!(present && agreesWithLock())) {
    console.log(present ? 'The lock file has changed: installing …' : 'Installing the packages …')
    // The engine warnings are about the Node that npm runs on; the packages run on the one that is installed here.
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: 'inherit',
    })
    if (status !== 0) throw new Error('npm ci failed; the lines above say why.')
  }
  if (!nodeIsEnough(process.version) && !findNode()) return
  writeFileSync(stampFile, wanted)
}

/** npm's own record of what it installed, compared with the lock file: a plain `npm install` counts too. */
function agreesWithLock() {
  const record = inRoot('node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const locked = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages
  return Object.entries(locked).every(
    ([path, { version, optional }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional === true),
  )
}
