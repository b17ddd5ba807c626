import { appendFileSync } from 'node:fs'
import { widgetSecret } from '../../worker/auth/keys.ts'
import { PlainError, portOf, readArgs } from '../lib/args.mjs'
import { buildClient } from '../lib/build.mjs'
import { inRoot, stateDirOf } from '../lib/paths.mjs'
import { askedToEnd, portIsFree } from '../lib/process.mjs'
import { ensureSecrets } from '../lib/secrets.mjs'
import { migrate, own, ownerOf, release, ringDuties, startServer, tail } from '../lib/server.mjs'
import { seed, seedDatabase } from '../seed.mjs'
import { startShop } from '../shop.mjs'

const restarts = { most: 5, withinMs: 60_000 }

export async function run(args) {
  const { values } = readArgs(args, {
    port: { type: 'string', default: '8787' },
    'shop-port': { type: 'string', default: '8788' },
    state: { type: 'string' },
  })
  const port = portOf(values.port, 'port')
  const shopPort = portOf(values['shop-port'], 'shop-port')
  const stateDir = stateDirOf(values.state)

  const other = ownerOf(stateDir)
  if (other)
    throw new PlainError(`Parley is already running on ${stateDir} (process ${other.pid}, port ${other.port}).`)
  for (const [taken, flag] of [
    [port, '--port'],
    [shopPort, '--shop-port'],
  ]) {
    if (!(await portIsFree(taken)))
      throw new PlainError(`Port ${taken} is in use: stop what uses it, or choose another with ${flag} N.`)
  }

  const ended = askedToEnd()
  own(stateDir, { port })
  let server
  let shop
  let ending = false
  ended.then(async (why) => {
    ending = true
    console.log(`\nStopping (${why}) …`)
    await closeShop(shop)
    await server?.stop()
    release(stateDir)
    process.exit(0)
  })

  const logFile = inRoot(`.parley/logs/server-${port}.log`)
  const serve = async () => {
    server = await startServer({ port, stateDir, logFile })
  }

  try {
    const secrets = ensureSecrets()
    console.log('Building the client …')
    await buildClient()
    console.log('Preparing the database …')
    await migrate(stateDir)
    await seedDatabase({ stateDir, log: console.log })
    console.log('Starting the server …')
    await serve()
    const signIns = await seed({ port, log: console.log })
    shop = await startShop({
      port: shopPort,
      parleyOrigin: `http://localhost:${port}`,
      organisation: 'acme',
      secret: await widgetSecret(secrets.PARLEY_SECRET, 'acme'),
      log: console.error,
    })
    ringDuties(port, (trouble) => appendFileSync(logFile, `${trouble}\n`))
    announce({ port, shopPort, shop, signIns })
    await supervise(
      () => server,
      serve,
      () => ending,
      logFile,
    )
  } catch (error) {
    if (ending) return new Promise(() => {})
    await closeShop(shop)
    await server?.stop()
    release(stateDir)
    throw error
  }
}

/** Starts the server again when it dies, but not for ever. */
async function supervise(current, serve, ending, logFile) {
  const deaths = []
  for (;;) {
    const code = await current().exited
    if (ending()) return new Promise(() => {})
    const now = Date.now()
    deaths.push(now)
    if (deaths.filter((at) => at > now - restarts.withinMs).length > restarts.most) {
      throw new PlainError(
        `The server died ${deaths.length} times; giving up. Its log, ${logFile}, ends with:\n${tail(logFile)}`,
      )
    }
    console.error(`The server ended by itself (exit code ${code}); starting it again. Log: ${logFile}`)
    await serve()
  }
}

/** startShop may give back a Node server, or anything with a `close` or `stop`. */
async function closeShop(shop) {
  shop?.closeAllConnections?.()
  await (shop?.stop ?? shop?.close)?.call(shop)
}

function announce({ port, shopPort, shop, signIns }) {
  const lines = ['', 'Parley is running.', '', `  Console    http://localhost:${port}/`]
  if (shop) lines.push(`  Demo shop  http://localhost:${shopPort}/`)
  if (signIns.length > 0) {
    lines.push('', 'Sign in as')
    for (const { who, address, email, password } of signIns)
      lines.push(`  ${who}: ${email} / ${password}${address ? `  (${address})` : ''}`)
  }
  console.log([...lines, '', 'Ctrl+C stops it; the data stays.'].join('\n'))
}
