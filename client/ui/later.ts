/** Code that comes when it is first asked for. */
import { signal } from '@preact/signals'

/** Null until it is there; asking again tries again when it could not be had. */
export function later<T>(load: () => Promise<T>): () => T | null {
  const found = signal<T | null>(null)
  let asked = false
  return () => {
    if (!asked) {
      asked = true
      load().then(
        (code) => {
          found.value = code
        },
        () => {
          asked = false
        },
      )
    }
    return found.value
  }
}
