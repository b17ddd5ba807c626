import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PlainError } from '../lib/args.mjs'
import { buildClient } from '../lib/build.mjs'
import { ensureChromium } from '../lib/chromium.mjs'
import { root } from '../lib/paths.mjs'
import { bins, endOnSignal, runNode } from '../lib/process.mjs'
import { typecheck } from '../lib/typecheck.mjs'

/** What runs, phase after phase; the suites of a phase run side by side. */
const phases = [['typecheck', 'lint', 'unit'], ['actors', 'simulation'], ['contract'], ['browser'], ['kill']]
const all = phases.flat()
/** A run that takes longer hangs: on two quiet cores the whole takes about 24 minutes. */
const budgetMs = 28 * 60_000

/**
 * `npm test` runs everything; `npm test -- unit actors` only those suites. What starts with a dash, and names of files,
 * go on to vitest.
 */
export async function run(args) {
  endOnSignal()
  const end = Date.now() + budgetMs
  const dir = mkdtempSync(join(tmpdir(), 'parley-test-'))
  const named = args.filter((arg) => all.includes(arg))
  const extra = args.filter((arg) => !all.includes(arg))
  const wanted = named.length > 0 ? named : all
  const total = { passed: 0, failed: 0 }
  try {
    const ready = await prepare(wanted, total)
    for (const phase of phases) {
      const suites = phase.filter((suite) => wanted.includes(suite) && ready.includes(suite))
      const results = suites.map((suite) => runSuite(suite, { dir, end, extra, alone: suites.length === 1 }))
      for (const result of await Promise.all(results)) {
        total.passed += result.passed
        total.failed += result.failed
      }
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
  await new Promise((done) => process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`, done))
  return total.failed > 0 || total.passed === 0 ? 1 : 0
}

/** Builds the client and finds the browser. What cannot be prepared is a failure of each suite that needs it. */
async function prepare(wanted, total) {
  const broken = new Set()
  const attempt = async (what, needing, work) => {
    const suites = needing.filter((suite) => wanted.includes(suite))
    if (suites.length === 0) return
    try {
      await work()
    } catch (error) {
      console.error(error instanceof PlainError ? error.message : error)
      console.log(`${what}: failed, so these cannot run: ${suites.join(', ')}`)
      for (const suite of suites) broken.add(suite)
    }
  }
  await attempt('client build', ['actors', 'contract', 'browser', 'kill'], buildClient)
  await attempt('Chromium', ['browser'], () => {
    process.env.CHROMIUM = ensureChromium()
  })
  total.failed += broken.size
  return wanted.filter((suite) => !broken.has(suite))
}

async function runSuite(suite, context) {
  const began = Date.now()
  const result = await (suite === 'typecheck' || suite === 'lint' ? check(suite) : vitest(suite, context))
  if (result.output?.trim()) console.log(`\n── ${suite} ──\n${result.output.trim()}`)
  for (const note of result.notes ?? []) console.log(`${suite}: ${note}`)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  console.log(`── ${suite}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`)
  return result
}

async function check(suite) {
  const { code, output } =
    suite === 'typecheck' ? await typecheck() : await runNode([bins.biome, 'check', '--colors=off'], { quiet: true })
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output: code === 0 ? '' : output }
}

async function vitest(suite, { dir, end, extra, alone }) {
  const files = globSync(`tests/${suite}/**/*.{ts,tsx}`, { cwd: root })
  if (files.length === 0) return { passed: 0, failed: 0, notes: ['there are no tests yet'] }
  if (!files.some((file) => /\.test\.tsx?$/.test(file))) {
    return { passed: 0, failed: 1, notes: [`tests/${suite} holds no test`] }
  }
  const report = join(dir, `${suite}.json`)
  const { code, output, timedOut } = await runNode(
    [
      ...[bins.vitest, 'run', '--project', suite, '--allowOnly=false', '--reporter=default'],
      ...['--reporter=json', `--outputFile.json=${report}`, ...extra],
    ],
    { quiet: !alone, timeoutMs: Math.max(1000, end - Date.now()), env: { NODE_ENV: 'test' } },
  )
  return { ...count(report, code, timedOut), output }
}

/** A file that could not be read, an error outside of any test, a skipped test and a run without report are failures. */
function count(report, code, timedOut) {
  const notes = timedOut ? [`ended after the ${budgetMs / 60_000} minutes that all tests have together`] : []
  if (!existsSync(report)) return { passed: 0, failed: 1, notes: [...notes, 'the suite ended without a report'] }
  const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const skipped = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed'),
  ).length
  const crashed = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  if (skipped > 0) notes.push(`${skipped} skipped, which counts as failed`)
  if (crashed > 0) notes.push(`${crashed} test files could not be run`)
  let failed = numFailedTests + skipped + crashed
  if (failed === 0 && code !== 0) {
    notes.push('vitest ended with an error outside of the tests')
    failed = 1
  }
  return { passed, failed, notes }
}
