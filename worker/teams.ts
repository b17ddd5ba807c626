/** Of which team somebody is, as Book's configuration says. */
import { fromBook } from './from-book.ts'

/** Whoever has a team, by the agent's id. */
type Teams = ReadonlyMap<string, string>

/** The team of everybody who has one. Who is not in it is in the common team, as everybody is where there are none. */
export const teamsOf = fromBook<Teams>((config) => {
  const agents = Object.entries(config?.agents ?? {})
  return new Map(agents.flatMap(([id, { team }]) => (team === undefined ? [] : [[id, team]])))
})
