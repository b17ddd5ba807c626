/** What a place asks of the API to show it: one answer, or a list page by page. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type * as z from 'zod/mini'
import { account } from '../account.ts'
import { call, type Refusal } from '../api.ts'

export type Asked<T> = { readonly at: 'asking' } | { readonly at: 'there'; readonly value: T } | Refused
interface Refused extends Refusal {
  readonly at: 'refused'
}

export interface Answer<T> {
  readonly now: Asked<T>
  /** Asks again; what is on the screen stays until the answer is there. */
  again(): Promise<void>
}

const asking = { at: 'asking' } as const

/** What is at `path`; asked again when that changes. */
export function useAnswer<T>(path: string, answers: z.ZodMiniType<T>): Answer<T> {
  const now = useSignal<Asked<T>>(asking)
  const latest = useSignal(path)
  latest.value = path
  const again = async () => {
    const answer = await ask(path, answers)
    if (latest.peek() === path) now.value = answer
  }
  useEffect(() => {
    now.value = asking
    void again()
  }, [path])
  return { now: now.value, again }
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}
export interface Pages<Item> extends Answer<readonly Item[]> {
  /** Asks for the next page; null when there is none. */
  readonly more: (() => Promise<void>) | null
}

/** A list at `path`, whose pages follow each other by the parameter `by`. */
export function usePages<Item>(path: string, answers: z.ZodMiniType<Page<Item>>, by: 'after' | 'cursor'): Pages<Item> {
  const first = useAnswer(path, answers)
  const further = useSignal<Page<Item> | null>(null)
  useEffect(() => {
    further.value = null
  }, [path])
  if (first.now.at !== 'there') return { now: first.now, again: first.again, more: null }
  const { items, next } = further.value ?? first.now.value
  const more = async () => {
    const answer = await ask(`${path}${path.includes('?') ? '&' : '?'}${by}=${encodeURIComponent(next ?? '')}`, answers)
    if (answer.at === 'there') further.value = { items: [...items, ...answer.value.items], next: answer.value.next }
  }
  const again = async () => {
    await first.again()
    further.value = null
  }
  return { now: { at: 'there', value: items }, again, more: next === null ? null : more }
}

async function ask<T>(path: string, answers: z.ZodMiniType<T>): Promise<Asked<T>> {
  const answer = await call('GET', path, answers)
  if (!answer.ok && answer.status === 401) account.value = null
  if (!answer.ok) return { ...answer, at: 'refused' }
  return answer.value === null ? asking : { at: 'there', value: answer.value }
}
