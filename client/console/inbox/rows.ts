/** Draws of a long list only the rows near the screen, keeps what is read where it is, and stays at the end for who is there. */
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core'
import type { RefObject } from 'preact'
import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks'

/** Whoever is this near to the end, in px, is at the end. */
const NEAR = 40
/** Rows beside those on the screen. */
const BESIDE = 10
/** A message of one line, in px; measured as soon as it is drawn. */
const USUAL = 58

export interface Rows {
  readonly box: RefObject<HTMLDivElement | null>
  readonly items: readonly VirtualItem[]
  readonly height: number
  readonly atEnd: boolean
  measure(row: HTMLElement | null): void
  onScroll(): void
  toEnd(): void
  /** Brings a row into the middle, and stays there. */
  toRow(index: number): void
}

/**
 * Of `count` rows, whose keys stay theirs when others are added; `keyOf` is the same function as long as they are, or all rows
 * are measured anew. `start`: the row to begin at; null: at the end.
 */
export function useRows(count: number, keyOf: (index: number) => number | string, start: number | null): Rows {
  const box = useRef<HTMLDivElement>(null)
  const stuck = useRef(start === null)
  const [atEnd, setAtEnd] = useState(stuck.current)
  const [, draw] = useReducer((n: number) => n + 1, 0)
  const rangeOf = useCallback(
    ({ startIndex, endIndex }: { startIndex: number; endIndex: number }) =>
      withFocused(box.current, Math.max(0, startIndex - BESIDE), Math.min(count - 1, endIndex + BESIDE), count),
    [count],
  )
  const options = {
    count,
    getScrollElement: () => box.current,
    estimateSize: usual,
    getItemKey: keyOf,
    overscan: BESIDE,
    anchorTo: 'end' as const,
    scrollEndThreshold: NEAR,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => draw(0),
    rangeExtractor: rangeOf,
  }
  const [list] = useState(() => {
    const made = new Virtualizer<HTMLDivElement, HTMLElement>(options)
    // What fills in above the screen must not move what is read, in whichever direction somebody scrolls.
    made.shouldAdjustScrollPositionOnItemSizeChange = ({ end }) => end <= (made.scrollOffset ?? 0)
    return made
  })
  list.setOptions(options)

  const toEnd = useCallback(() => {
    stuck.current = true
    setAtEnd(true)
    list.scrollToEnd()
  }, [list])
  const toRow = useCallback(
    (index: number) => {
      stuck.current = false
      setAtEnd(false)
      list.scrollToIndex(index, { align: 'center' })
    },
    [list],
  )
  const onScroll = useCallback(() => {
    if (box.current === null) return
    const { scrollHeight, scrollTop, clientHeight } = box.current
    stuck.current = scrollHeight - scrollTop - clientHeight < NEAR
    setAtEnd(stuck.current)
  }, [])
  const measure = useCallback((row: HTMLElement | null) => list.measureElement(row), [list])

  useLayoutEffect(() => list._didMount(), [list])
  useLayoutEffect(() => list._willUpdate())
  useLayoutEffect(() => {
    if (stuck.current) list.scrollToEnd()
  }, [list, count])
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (stuck.current) list.scrollToEnd()
    })
    if (box.current !== null) observer.observe(box.current)
    return () => observer.disconnect()
  }, [list])

  return { box, items: list.getVirtualItems(), height: list.getTotalSize(), atEnd, measure, onScroll, toEnd, toRow }
}

const usual = () => USUAL

/** The rows from `first` to `last`, and the one that has the focus: it would lose it with its element. */
function withFocused(box: HTMLElement | null, first: number, last: number, count: number): number[] {
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n)
  const focused = Number(box?.querySelector<HTMLElement>('[data-index]:focus-within')?.dataset['index'] ?? -1)
  if (focused < 0 || focused >= count || (focused >= first && focused <= last)) return rows
  return focused < first ? [focused, ...rows] : [...rows, focused]
}
