/** Of which team somebody is, as Book's configuration says: asked once in a while, not with every request. */
import type { OrgId } from '../core/ids.ts'
import { bookStub } from './actors.ts'
import type { Env } from './env.ts'

/** How long an isolate trusts what Book said last, in ms. */
const trust = 5_000
/** Whoever has a team, by the agent's id. */
type Teams = ReadonlyMap<string, string>
const known = new Map<OrgId, { readonly at: number; readonly teams: Teams }>()

/** The team of everybody who has one. Who is not in it is in the common team, as everybody is where there are none. */
export async function teamsOf(env: Env, org: OrgId): Promise<Teams> {
  const last = known.get(org)
  if (last !== undefined && Date.now() - last.at < trust) return last.teams
  const book = await bookStub(env, org).read()
  const agents = book.ok ? Object.entries(book.value.config.agents) : []
  const teams = new Map(agents.flatMap(([id, { team }]) => (team === undefined ? [] : [[id, team]])))
  known.set(org, { at: Date.now(), teams })
  return teams
}

/** After a publication: what was known here may be over. */
export const forgetTeams = (org: OrgId) => known.delete(org)
