/** Whether a text is what somebody who types a few letters may mean. */

/** All parts of the query are somewhere in the text. */
export function fits(text: string, query: string): boolean {
  const there = text.toLocaleLowerCase()
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((part) => there.includes(part))
}
