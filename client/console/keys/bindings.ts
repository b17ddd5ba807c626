/** The bindings of this browser: the defaults, and what somebody changed. */
import { computed, signal } from '@preact/signals'
import * as z from 'zod/mini'
import { recall, remember } from '../../net/browser.ts'
import { type CommandId, commandIds } from './commands.ts'
import { type Bindings, caps, defaults, holderOf } from './strokes.ts'

const KEPT = 'parley.bindings'

const Kept = z.partialRecord(z.enum(commandIds), z.string().check(z.minLength(1), z.maxLength(20)))
const changed = signal<z.infer<typeof Kept>>(readKept())
export const bindings = computed<Bindings>(() => ({ ...defaults, ...changed.value }))
export const isChanged = computed(() => commandIds.some((id) => bindings.value[id] !== defaults[id]))

function readKept(): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(recall(KEPT) ?? '{}'))
  } catch {
    // Kept by another version: the defaults are better than nothing.
    return {}
  }
}

/** Tells the command that has these keys already, or keeps them for `id`. */
export function rebind(id: CommandId, keys: string): CommandId | null {
  const holder = holderOf(bindings.value, id, keys)
  if (holder !== null) return holder
  changed.value = { ...changed.value, [id]: keys }
  remember(KEPT, JSON.stringify(changed.value))
  return null
}

export function resetBindings(): void {
  changed.value = {}
  remember(KEPT, null)
}

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/** The key caps of a command. */
export const capsOf = (id: CommandId): string[] => caps(bindings.value[id], isMac)
