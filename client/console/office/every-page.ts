/** A short list whole, as choices are made from it: every page of it, or nothing while it cannot be had. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type * as z from 'zod/mini'
import { call } from '../api.ts'
import type { Page } from './answer.ts'

export function useEveryPage<Item>(
  path: string,
  answers: z.ZodMiniType<Page<Item>>,
  by: 'after' | 'cursor' = 'after',
): readonly Item[] {
  const items = useSignal<readonly Item[]>([])
  useEffect(() => {
    let isOver = false
    void read(path, answers, by).then((all) => {
      if (!isOver) items.value = all
    })
    return () => {
      isOver = true
    }
  }, [path])
  return items.value
}

async function read<Item>(path: string, answers: z.ZodMiniType<Page<Item>>, by: string): Promise<Item[]> {
  const all: Item[] = []
  for (let next: string | null = ''; next !== null; ) {
    const query: string = next === '' ? 'limit=200' : `limit=200&${by}=${encodeURIComponent(next)}`
    const page = await call('GET', `${path}?${query}`, answers)
    if (!page.ok || page.value === null) return all
    all.push(...page.value.items)
    next = page.value.next
  }
  return all
}
