import { buildClient } from '../lib/build.mjs'
import { inRoot } from '../lib/paths.mjs'
import { endOnSignal, runNode } from '../lib/process.mjs'
import { weigh } from '../lib/weight.mjs'

export async function run(args) {
  endOnSignal()
  await buildClient()
  const { loader, script, sheet, page, later } = weigh()
  const rows = [
    ['the loader, on each page of a shop', loader],
    ['the chat, when it is opened: script', script],
    ['  its sheet', sheet],
    ['  its page', page],
    ['  together', script + sheet + page],
    ['fetched when needed, or idle (files, forms, Chinese)', later],
  ]
  console.log('Parley, after gzip -9:')
  for (const [what, bytes] of rows) console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${what}`)
  console.log('docs/performance.md has those of Live Helper Chat and Chatwoot beside it, with their sources.')
  console.log('The console, in Chromium:')
  return (await runNode([inRoot('bench/console/run.ts'), ...args])).code
}
