// Runs one verb, under a Node that is new enough and with everything installed.
import { dirname } from 'node:path'
import { root } from './lib/paths.mjs'

const [verb, ...args] = process.argv.slice(2)

process.chdir(root)
// What is started from here finds the same Node first, talks to nobody, and asks nothing.
process.env.PATH = `${dirname(process.execPath)}:${process.env.PATH ?? ''}`
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
process.env.CI ??= '1'
if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1'

try {
  const { run } = await import(`./verbs/${verb.replaceAll(':', '-')}.mjs`)
  process.exit((await run(args)) ?? 0)
} catch (error) {
  console.error(error.plain ? error.message : error)
  process.exit(1)
}
