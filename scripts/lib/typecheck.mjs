import { existsSync, readdirSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { bins, runNode } from './process.mjs'

/** One set of global types each: pure, Workers, browser, Node. `worker` covers durable-objects, `tests` covers bench. */
const projects = ['.', 'core', 'worker', 'client', 'client/shell', 'tests', 'tests/actors', 'tests/browser']

const hasSources = (folder) =>
  existsSync(inRoot(folder)) &&
  readdirSync(inRoot(folder), { recursive: true }).some((name) => /\.tsx?$/.test(String(name)))

export async function typecheck() {
  const results = []
  // Two at a time: tsc itself uses several threads.
  const rest = projects.filter((project) => project === '.' || hasSources(project))
  const next = async () => {
    for (let project = rest.shift(); project !== undefined; project = rest.shift()) {
      results.push(await runNode([bins.tsc, '--noEmit', '--pretty', 'false', '-p', project], { quiet: true }))
    }
  }
  await Promise.all([next(), next()])
  return {
    code: results.some(({ code }) => code !== 0) ? 1 : 0,
    // A file that two projects share is reported once.
    output: [...new Set(results.flatMap(({ output }) => output.trim().split('\n')))].filter(Boolean).join('\n'),
  }
}
