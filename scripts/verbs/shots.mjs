import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ensureChromium } from '../lib/chromium.mjs'
import { inRoot } from '../lib/paths.mjs'
import { endOnSignal, freePort } from '../lib/process.mjs'

const folder = inRoot('docs/shots')
const view = { width: 1280, height: 800 }

/** The pictures of the README, in both modes: of the running demo, as somebody sees it who has followed the README. */
export async function run() {
  endOnSignal()
  mkdirSync(folder, { recursive: true })
  const dir = mkdtempSync(join(tmpdir(), 'parley-shots-'))
  const [port, shopPort] = [await freePort(), await freePort()]
  const product = await startDemo({ port, shopPort, state: dir })
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] })
  try {
    const origin = `http://localhost:${port}`
    const shop = await openPage(browser, `http://localhost:${shopPort}/`)
    const agent = await signIn(browser, origin, 'ada')
    const supervisor = await signIn(browser, origin, 'sam', '#/floor')
    await talk(shop, agent)
    await inBothModes('console', agent)
    await inBothModes('widget', shop)
    await supervisor.getByTestId('floor-queues').waitFor()
    await inBothModes('floor', supervisor)
  } finally {
    await browser.close()
    const gone = new Promise((done) => product.once('exit', done))
    product.kill('SIGTERM')
    await gone
    rmSync(dir, { recursive: true, force: true })
  }
}

/** `npm start` on a state folder of its own; resolves when it has announced itself. */
function startDemo({ port, shopPort, state }) {
  const args = ['scripts/run.mjs', 'start', '--port', `${port}`, '--shop-port', `${shopPort}`, '--state', state]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((done, failed) => {
    child.once('exit', (code) => failed(new Error(`the demo ended with ${code}`)))
    child.stdout.setEncoding('utf8').on('data', (text) => {
      if (text.includes('Parley is running.')) done(child)
    })
  })
}

async function openPage(browser, address) {
  const context = await browser.newContext({ viewport: view, locale: 'en-GB', reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(address)
  return page
}

async function signIn(browser, origin, who, place = '') {
  const page = await openPage(browser, `${origin}/${place}`)
  await page.locator('input[type=email]').fill(`${who}@acme.example`)
  await page.locator('input[type=password]').fill(`parley-demo-${who}`)
  await page.keyboard.press('Enter')
  await page.getByTestId('account').waitFor()
  return page
}

/** A customer asks, an agent answers. */
async function talk(shop, agent) {
  await agent.getByTestId('presence').selectOption('available')
  await shop.getByTestId('launcher').click()
  const widget = shop.locator('iframe[src*="/widget/"]').contentFrame()
  const say = async (side, text) => {
    await side.getByTestId('composer').fill(text)
    await side.getByTestId('composer').press('Enter')
  }
  await say(widget, 'Hello! I ordered the two-person tent on Tuesday. When will it arrive?')
  await agent.getByTestId('accept').click()
  await say(agent, 'Good morning! It left our house yesterday and should be with you tomorrow before noon.')
  await widget.getByText('before noon').waitFor()
  await say(widget, 'Wonderful, thank you. May I still add a groundsheet?')
  await agent.getByText('groundsheet').first().waitFor()
}

async function inBothModes(name, page) {
  for (const mode of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: mode })
    // The colours are on their way for a frame or two.
    for (const frame of page.frames()) await frame.evaluate(painted)
    await page.screenshot({ path: join(folder, `${name}-${mode}.png`) })
  }
}

const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
