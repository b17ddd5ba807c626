/** What an act has changed, field by field. */

/** The fields that differ, as they were and as they are now. Both sides have the same fields, each of plain JSON. */
export function difference(was: Readonly<Record<string, unknown>>, is: Readonly<Record<string, unknown>>) {
  const keys = Object.keys(is).filter((key) => JSON.stringify(is[key]) !== JSON.stringify(was[key]))
  const pick = (of: Readonly<Record<string, unknown>>) => Object.fromEntries(keys.map((key) => [key, of[key]]))
  return { before: pick(was), after: pick(is) }
}
