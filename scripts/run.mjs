#!/usr/bin/env node
// The one door to every command: finds a Node that is new enough, installs what is missing, then runs the verb there.
// This file and what it imports stay plain JavaScript that Node 18 can run.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { findNode, nodeIsEnough, oldestNode } from './lib/node.mjs'
import { onNpmGone } from './lib/parent.mjs'
import { root } from './lib/paths.mjs'

const [verb, ...args] = process.argv.slice(2)
const file = verb && join(root, 'scripts/verbs', `${verb.replaceAll(':', '-')}.mjs`)

if (!file || !/^[a-z:]+$/.test(verb) || !existsSync(file)) {
  const verbs = readdirSync(join(root, 'scripts/verbs')).map((name) => name.replace('.mjs', ''))
  fail(`Usage: node scripts/run.mjs <${verbs.join('|')}> …`)
}

try {
  await ensureInstalled()
} catch (error) {
  fail(error.message)
}

if (nodeIsEnough(process.version)) {
  await import('./main.mjs')
} else {
  const node = findNode() ?? fail(`Parley needs Node ${oldestNode} or newer; this is ${process.version}.`)
  // The channel tells the child when this process is gone, however it ended.
  const child = spawn(node, [join(root, 'scripts/main.mjs'), verb, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  onNpmGone(() => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}

function fail(line) {
  console.error(line)
  process.exit(1)
}
