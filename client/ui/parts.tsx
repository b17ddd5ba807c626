/** Small parts that both pages use. */

/** The three dots of somebody who writes. */
export function Dots() {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}

const tints = 5

/** Initials on a quiet tint that stays with the name. */
export function Avatar({ name }: { name: string }) {
  const sum = Array.from(name).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
  return (
    <span class={`av a${(sum % tints) + 1}`} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words
  return letters
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase()
}

/** As a `ref`: what has just appeared in answer to a click takes the focus. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus()
}

/** For a choice in a form: Enter sends it, as it does from any other field. */
export function enterSends(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || !(event.currentTarget instanceof HTMLSelectElement)) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}
