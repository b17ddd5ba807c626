/** Code that comes when it is first asked for. */
import { type ReadonlySignal, signal } from '@preact/signals'

/** Null until it is there; asking again tries again when it could not be had. `here` does not ask. */
export function later<T>(load: () => Promise<T>): (() => T | null) & { readonly here: ReadonlySignal<T | null> } {
  const found = signal<T | null>(null)
  let asked = false
  const ask = () => {
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
  return Object.assign(ask, { here: found })
}
