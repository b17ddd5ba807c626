/** S1b: towards the world at least once, and nothing that was not said: it may double, it must not lose or invent. */
import type { MakeRule } from './rule.ts'

export const s1b: MakeRule = ({ world, director, facts, hit, fail }) => ({
  rest() {
    const { record } = world
    if (director.stage.replayed > 0) hit('S1b replayed', director.stage.replayed)
    for (const { id, name, home } of facts.conversations.values()) {
      const recorded = record.entries.get(id)
      const head = Number(home.disk.exec('SELECT COALESCE(MAX(seq), 0) AS head FROM entries')[0]?.head)
      hit('S1b entries', head)
      for (let seq = 1; seq <= head; seq++)
        if (recorded?.has(seq) !== true) fail('S1b', `the record never heard of entry ${seq} of ${name}`)
      if ((recorded?.size ?? 0) > head)
        fail('S1b', `the record has ${recorded?.size} entries of ${name}, it has ${head}`)
    }
    for (const id of record.entries.keys()) if (!facts.conversations.has(id)) fail('S1b', `the record invented ${id}`)
    if (record.torn.length > 0) fail('S1b', `the record was told two different entries: ${record.torn.join(', ')}`)
  },
})
