// What the widget weighs on the wire, as it was built: the loader, what opening the chat loads, and what may follow.
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { inRoot } from './paths.mjs'

const dist = inRoot('dist/client')

/** Sizes after gzip, in bytes. `later`: what is fetched when it is needed, or once nothing else is to be done. */
export function weigh() {
  const page = readFileSync(join(dist, 'widget/index.html'), 'utf8')
  const scripts = withImports(/<script[^>]*src="\/assets\/([^"]+)"/.exec(page)[1])
  const sheets = [...page.matchAll(/<link rel="stylesheet" href="\/assets\/([^"]+)"/g)].map(([, name]) => name)
  const others = globSync('assets/widget-*.js', { cwd: dist }).map((file) => basename(file))
  return {
    loader: sizeOf('widget.js'),
    script: sum(scripts),
    sheet: sum(sheets),
    page: sizeOf('widget/index.html'),
    later: sum(others.filter((name) => !scripts.includes(name))),
  }
}

/** The script and all that it imports, directly or not, before it can run. */
function withImports(first) {
  const found = [first]
  for (const name of found) {
    const code = readFileSync(join(dist, 'assets', name), 'utf8')
    // As esbuild minifies it; `import("…")` is not one of them.
    for (const [, next] of code.matchAll(/\b(?:from|import)"\/assets\/([^"]+)"/g))
      if (!found.includes(next)) found.push(next)
  }
  return found
}

const sum = (names) => names.reduce((total, name) => total + sizeOf(join('assets', name)), 0)
const sizeOf = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
