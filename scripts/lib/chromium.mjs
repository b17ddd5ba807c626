import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { PlainError } from './args.mjs'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const find = () => [process.env.CHROMIUM, ...usual].find((path) => path && existsSync(path))

/** The path of a Chromium; on a Debian machine where we are root it is installed when there is none. */
export function ensureChromium() {
  const found = find()
  if (found) return found
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('Installing Chromium for the browser tests …')
    const apt = (...args) =>
      spawnSync('apt-get', args, { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    apt('update')
    const { status, stderr } = apt('install', '-y', '--no-install-recommends', 'chromium')
    if (status !== 0) console.error(stderr.trim())
  }
  return (
    find() ??
    (() => {
      throw new PlainError(
        'The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM to its path.',
      )
    })()
  )
}
