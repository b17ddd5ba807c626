/** Looking things up in records whose keys come from outside, where `constructor` is just another name. */

export function own<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
