/** The Floor over HTTP: one look, for wallboards and programs that need no socket. */
import { floorAnswer } from '../../core/floor/answer.ts'
import { EVERYBODY, teamAudience } from '../../core/floor/rows.ts'
import type { FloorAnswer } from '../../core/protocol/floor.ts'
import { scopeFor, teamOf } from '../../core/protocol/permissions.ts'
import { ok } from '../../core/result.ts'
import { floorStub } from '../actors.ts'
import type { Answer, GuardedCall } from './route.ts'

/** Whoever looks first waits for everybody to say what they are, but no longer than this; in ms. */
const pauses = [50, 100, 200, 400, 800]

export async function readFloor({ env, org, by }: GuardedCall): Answer<FloorAnswer> {
  const isAll = scopeFor(by, 'floor.read') === 'all' || by.kind === 'key'
  const audience = isAll ? EVERYBODY : teamAudience(teamOf(by.team))
  const read = async () => {
    const { at, rows } = await floorStub(env, org).read(audience)
    return floorAnswer(rows, at)
  }
  let answer = await read()
  for (const pause of pauses) {
    if (answer.told) break
    await new Promise((done) => setTimeout(done, pause))
    answer = await read()
  }
  return ok(answer)
}
