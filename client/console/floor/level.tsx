/** A figure with its threshold: what is over it says so in words, not in colour alone. */
import type { ComponentChildren } from 'preact'
import { floorWords } from '../../i18n/floor.ts'

export type Level = 'fine' | 'warn' | 'alarm'
interface Limits {
  readonly warn: number
  readonly alarm: number
}

/** From `warn` and `alarm` on. */
export function above(value: number | null, { warn, alarm }: Limits): Level {
  if (value === null || value < Math.min(warn, alarm)) return 'fine'
  return value >= alarm ? 'alarm' : 'warn'
}

/** Below `warn` and `alarm`. */
export function below(value: number | null, { warn, alarm }: Limits): Level {
  if (value === null || value >= warn) return 'fine'
  return value < alarm ? 'alarm' : 'warn'
}

export function Figure({ level = 'fine', children }: { readonly level?: Level; readonly children: ComponentChildren }) {
  return (
    <span class={`figure ${level}`} data-level={level}>
      {children}
      {level !== 'fine' && (
        <span class={`pill ${level === 'alarm' ? 'danger' : 'warning'}`}>{floorWords.value.levels[level]}</span>
      )}
    </span>
  )
}
