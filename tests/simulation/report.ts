/** What a run of many seeds has shown: figures, faults, how often each rule had something to judge, and what failed. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { media } from '../../core/protocol/media.ts'
import { shrink } from './shrink.ts'
import { type Options, type Outcome, simulate } from './simulate.ts'

/** A run of fewer seeds proves nothing by what it did not meet. */
const ENOUGH = 100
const TRACE_LINES = 60

/** What must have been met at least once in a run that is long enough. */
const required = [
  ...[
    'S1 effects',
    'S1 forgotten pairs',
    'S1 again after a restore',
    'C1 entries',
    'C1 removed',
    'C2 acknowledged',
    'C3 leases',
    'C3 ends under way',
  ],
  ...[
    'C4 conversations',
    'C4 entries',
    'C4 in hand',
    'A1 added',
    'A1 by force',
    'A2 calls',
    'A3 claiming',
    'A3 ringing',
  ],
  ...['Q1a bids', 'Q1b claims', 'Q1b rounds missed', 'Q2 entries', 'Q2 ends under way', 'Q3 pairs', 'S1b entries'],
  ...['IT waits', 'IT compared', 'ST overtakes', 'PL steps by time', 'PL steps by figures'],
  ...['S2 actors', 'S2 pictures', 'S2 records', 'S2 troubles', 'M1 parts', 'T4 alarms', 'H1 claims', 'WS replicas'],
  ...['RC queue', 'RC ring', 'RC talk', 'RC wrap-up', 'RC fallback', 'RC intervals', 'RC registered'],
  ...['RC hold', 'RC consult', 'CS asked', 'CS consults', 'CS holds', 'CS in hand', 'CS news'],
  ...['RP answered', 'RP abandoned', 'RP flowed out', 'RP occupied'],
  ...['TH1 begun', 'TH1 reopened', 'CV3 entries', 'CV10 marks', 'S1b replayed'],
  ...[
    'wait',
    'avail',
    'bid',
    'claim',
    'grant',
    'refuse',
    'accepted',
    'declined',
    'lost',
    'end',
    'assign',
    'place',
    'news',
    'interrupted',
  ].map(message),
  ...['start', 'current', 'succeeded', 'queue-config', 'agent-config', 'ask-config', 'gone', 'ask-plan', 'plan'].map(
    message,
  ),
  ...['step', 'avoid', 'round', 'claim', 'ring', 'wrap', 'liveness', 'hold', 'item', 'places'].map(
    (name) => `due ${name}`,
  ),
  ...[
    'post',
    'note',
    'close',
    'leave',
    'leave-message',
    'transfer',
    'consult',
    'end-consult',
    'hold',
    'resume',
    'pull-back',
    'extend',
    'assign',
    'presence',
    'capacity',
    'accept',
    'decline',
    'finish',
    'remove',
  ].map((name) => `command ${name}`),
  ...media.map((medium) => `medium ${medium}`),
]

function message(type: string): string {
  return `message ${type}`
}

export interface Kept {
  readonly seed: string
  /** What it showed. */
  readonly why: string
}

export const keptFile = join(import.meta.dirname, 'kept-seeds.json')

export function keptSeeds(): readonly Kept[] {
  return JSON.parse(readFileSync(keptFile, 'utf8'))
}

export interface Report {
  readonly seeds: number
  readonly failed: readonly Outcome[]
  /** What a long run should have met and did not. */
  readonly missing: readonly string[]
  readonly text: string
}

/** Runs the seeds one after another; stops after so many failures. */
export async function run(seeds: readonly string[], options: Options = {}, mostFailures = 3): Promise<Report> {
  const began = performance.now()
  const networks = new Map<string, number>()
  const faults = new Map<string, number>()
  const exercised = new Map<string, number>()
  const failed: Outcome[] = []
  const lines: string[] = []
  let commits = 0
  let steps = 0
  let done = 0
  for (const seed of seeds) {
    const outcome = await simulate(seed, options)
    done += 1
    commits += outcome.commits
    steps += outcome.steps
    add(networks, new Map([[outcome.script.network, 1]]))
    add(faults, outcome.faults)
    add(exercised, outcome.exercised)
    if (outcome.violation === null) continue
    failed.push(outcome)
    lines.push(await tell(outcome, options))
    if (failed.length >= mostFailures) break
  }
  const missing = done >= ENOUGH ? required.filter((what) => !exercised.has(what)) : []
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  lines.push(
    `${done} seeds (${list(networks)}), ${commits} commits, ${steps} steps, ${seconds} s: ${failed.length} failed`,
    `faults: ${list(faults)}`,
    `exercised: ${list(exercised)}`,
  )
  if (missing.length > 0) lines.push(`never met: ${missing.join(', ')}`)
  return { seeds: done, failed, missing, text: lines.join('\n') }
}

/** The failure, its shortest script that was found, and the end of that one's trace. */
async function tell(outcome: Outcome, options: Options): Promise<string> {
  const { shortest, left, of } = await shrink(outcome, options)
  const { violation, script, trace, hash } = shortest
  return [
    `seed ${outcome.seed} (${script.network}, ${hash}) breaks ${violation?.rule}: ${violation?.message}`,
    `${left} of ${of} actions are enough. The last of it:`,
    ...trace.slice(-TRACE_LINES).map((line) => line.slice(0, 260)),
  ].join('\n')
}

function add(total: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [what, times] of more) total.set(what, (total.get(what) ?? 0) + times)
}

function list(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, times]) => `${what} ${times}`)
    .join(', ')
}
