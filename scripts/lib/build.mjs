// The client build: the console, the widget that runs in a frame, and the loader that a shop's page includes.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { build, stop, transform } from 'esbuild'
import { inRoot, root } from './paths.mjs'
import { printedSchemas } from './printed.mjs'

const out = inRoot('dist/client')
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  sourcemap: true,
  metafile: true,
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.svg': 'text', '.woff2': 'file' },
  logLevel: 'warning',
}

/** What draws in a shadow brings its sheet along: `import css from '…' with { type: 'text' }`. */
const sheetsAsText = {
  name: 'sheets as text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path, with: { type } }) => {
      if (type !== 'text') return undefined
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true })
      return { contents: code.trim(), loader: 'text' }
    })
  },
}

/** Each page is `client/<page>/index.html` with a `main.tsx` beside it; it is served at its path. */
const pages = [
  { name: 'console', html: 'index.html', plugins: [] },
  { name: 'widget', html: 'widget/index.html', plugins: [printedSchemas] },
]

/** Builds everything to dist/client and returns the sizes by file. Parts that have no source yet are left out. */
export async function buildClient() {
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  if (existsSync(inRoot('client/public'))) cpSync(inRoot('client/public'), out, { recursive: true })

  const outputs = {}
  const entries = new Map()
  for (const { name, html, plugins } of pages) {
    const entry = `client/${name}/main.tsx`
    if (!existsSync(inRoot(entry))) continue
    const { metafile } = await build({
      ...common,
      entryPoints: { [name]: entry },
      outdir: join(out, 'assets'),
      entryNames: '[name]-[hash]',
      chunkNames: `${name}-[hash]`,
      assetNames: '[name]-[hash]',
      publicPath: '/assets',
      format: 'esm',
      charset: 'utf8',
      splitting: true,
      plugins: [...plugins, sheetsAsText],
    })
    Object.assign(outputs, metafile.outputs)
    const [script, { cssBundle }] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry)
    writePage(name, html, urlOf(script), cssBundle && urlOf(cssBundle))
    entries.set(name, urlOf(script))
  }

  // Files with a fixed name: shops include /widget.js, and workers are started by their address.
  const scripts = globSync('client/**/*.worker.ts', { cwd: root }).map((file) => [
    `assets/${basename(file, '.ts')}`,
    file,
  ])
  scripts.push(['widget', 'client/widget/loader.ts'], ['widget-shims', 'client/widget/shims.ts'])
  if (scripts.length > 0) {
    const { metafile } = await build({
      ...common,
      entryPoints: Object.fromEntries(scripts),
      outdir: out,
      format: 'iife',
      // Shops' pages need not hear of it.
      sourcemap: 'external',
      plugins: [sheetsAsText],
    })
    Object.assign(outputs, metafile.outputs)
  }

  // What the loader imports into the shop's page when the organisation has use for it.
  const { metafile } = await build({
    ...common,
    entryPoints: { 'widget-nudge': 'client/widget/page/nudge.ts' },
    outdir: out,
    format: 'esm',
    sourcemap: 'external',
    plugins: [sheetsAsText],
  })
  Object.assign(outputs, metafile.outputs)

  Object.assign(outputs, await buildShell(entries.get('console')))
  await stop()

  writeFileSync(join(out, '_headers'), headers())
  return Object.fromEntries(Object.entries(outputs).map(([file, { bytes }]) => [relative(out, inRoot(file)), bytes]))
}

/** The console's service worker: at the root, for it serves the pages below its own place, and with a name for this build. */
async function buildShell(script) {
  const files = globSync(['assets/console-*.{js,css,woff2}', 'assets/*.worker.js', 'favicon.svg'], { cwd: out })
  const hash = createHash('sha256')
  for (const file of ['index.html', ...files.sort()]) hash.update(file).update(readFileSync(join(out, file)))
  const shell = { name: hash.digest('hex').slice(0, 16), script, files: files.map((file) => `/${file}`) }
  const { metafile } = await build({
    ...common,
    entryPoints: { 'service-worker': 'client/shell/worker.ts' },
    outdir: out,
    format: 'iife',
    sourcemap: false,
    define: { SHELL: JSON.stringify(shell) },
  })
  return metafile.outputs
}

const urlOf = (output) => `/${relative(out, inRoot(output))}`

function writePage(name, html, script, style) {
  const source = readFileSync(inRoot(`client/${name}/index.html`), 'utf8')
  const tag = /<script[^>]*src="[^"]*main\.tsx"[^>]*><\/script>/
  if (!tag.test(source))
    throw new Error(`client/${name}/index.html has no <script type="module" src="./main.tsx"></script>.`)
  const link = style ? `<link rel="stylesheet" href="${style}">` : ''
  mkdirSync(join(out, html, '..'), { recursive: true })
  writeFileSync(join(out, html), source.replace(tag, `${link}<script type="module" src="${script}"></script>`))
}

/** Files with a hash in their name never change; what the client asks for beyond that stands in client/public/_headers. */
function headers() {
  const own = inRoot('client/public/_headers')
  const hashed = ['console', 'widget'].map(
    (name) => `/assets/${name}-*\n  Cache-Control: public, max-age=31536000, immutable\n`,
  )
  return [...hashed, existsSync(own) ? readFileSync(own, 'utf8') : ''].join('\n')
}
