/**
 * What is typed, and the command that it stands for. A binding is what the keyboard writes, so it follows the layout:
 * `r`, `?`, `mod+k` (Cmd on a Mac, Ctrl elsewhere), or two keys one after the other, `g i`.
 */
import { type CommandId, commandIds } from './commands.ts'

/** How long the second key of two may take, in ms. */
const SEQUENCE = 1_500

export type Bindings = Readonly<Record<CommandId, string>>

export const defaults: Bindings = {
  palette: 'mod+k',
  help: '?',
  accept: 'a',
  decline: 'd',
  take: 'p',
  reply: 'r',
  note: 'n',
  transfer: 't',
  consult: 'c',
  hold: 'h',
  snooze: 'z',
  close: 'e',
  next: 'j',
  previous: 'k',
  available: 'g a',
  busy: 'g b',
  away: 'g w',
  inbox: 'g i',
  view: 'v',
  search: '/',
  floor: 'g f',
  audit: 'g u',
  reports: 'g r',
  whatif: 'g x',
  staff: 'g t',
  organisation: 'g o',
  operations: 'g e',
  versions: 'g v',
  keys: 'g k',
  plans: 'g p',
  settings: 'g s',
}

export interface Stroke {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** What a stroke is called in a binding; null for one that can be in none, as Shift alone or a key with Alt. */
export function strokeOf({ key, ctrlKey, metaKey, altKey }: Stroke): string | null {
  if (altKey || key.length !== 1 || key === ' ') return null
  return ctrlKey || metaKey ? `mod+${key.toLowerCase()}` : key.toLowerCase()
}

/** The command that stands in the way of giving these keys to `id`. */
export const holderOf = (bindings: Bindings, id: CommandId, keys: string): CommandId | null =>
  commandIds.find((other) => other !== id && clash(bindings[other], keys)) ?? null

/** One of them would never be reached: they are the same, or one begins the other. */
const clash = (a: string, b: string) => a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `)

/** Follows what is typed. */
export class Strokes {
  #first = ''
  #at = 0

  /** The command that a stroke at `now` (ms) completes. Without `single` keys, only those with Cmd or Ctrl count. */
  take(stroke: string, now: number, bindings: Bindings, single: boolean): CommandId | null {
    const sequence = this.#first !== '' && now - this.#at < SEQUENCE ? `${this.#first} ${stroke}` : stroke
    const usable = commandIds.filter((id) => single || bindings[id].startsWith('mod+'))
    const found = [sequence, stroke].flatMap((keys) => usable.filter((id) => bindings[id] === keys))
    const begins = found.length === 0 && usable.some((id) => bindings[id].startsWith(`${stroke} `))
    this.#first = begins ? stroke : ''
    this.#at = now
    return found[0] ?? null
  }
}

/** As key caps show a binding. */
export const caps = (binding: string, isMac: boolean): string[] =>
  binding
    .split(' ')
    .flatMap((stroke) =>
      stroke.startsWith('mod+') ? [isMac ? '⌘' : 'Ctrl', stroke.slice(4).toUpperCase()] : [stroke.toUpperCase()],
    )
