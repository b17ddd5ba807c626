/** Keeps a transcript at its end while the reader is there, and knows whether what is new is being looked at. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

const NEAR = 40

export interface Stick {
  readonly ref: { current: HTMLDivElement | null }
  readonly atEnd: boolean
  onScroll(): void
  toEnd(): void
}

/** `first` and `last` name the outermost rows: older rows added above must not move what is being read. */
export function useStick(first: unknown, last: unknown): Stick {
  const ref = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const stuck = useRef(true)
  const before = useRef({ first, height: 0 })

  useLayoutEffect(() => {
    const box = ref.current
    if (box === null) return
    if (stuck.current) box.scrollTop = box.scrollHeight
    else if (before.current.first !== first) box.scrollTop += box.scrollHeight - before.current.height
    before.current = { first, height: box.scrollHeight }
  }, [first, last])

  useEffect(() => {
    const box = ref.current
    if (box === null) return
    const observer = new ResizeObserver(() => {
      if (stuck.current) box.scrollTop = box.scrollHeight
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [])

  const onScroll = useCallback(() => {
    const box = ref.current
    if (box === null) return
    stuck.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR
    setAtEnd(stuck.current)
  }, [])
  const toEnd = useCallback(() => {
    stuck.current = true
    setAtEnd(true)
    if (ref.current) ref.current.scrollTop = ref.current.scrollHeight
  }, [])
  return { ref, atEnd, onScroll, toEnd }
}

/** Whether somebody looks at this page, and with `focus`, works in it; changes make the component render again. */
export function useLooking(focus: boolean): boolean {
  const looking = () => !document.hidden && (!focus || document.hasFocus())
  const [is, set] = useState(looking)
  useEffect(() => {
    const stop = new AbortController()
    const look = () => set(looking())
    for (const name of ['focus', 'blur', 'pageshow']) addEventListener(name, look, { signal: stop.signal })
    document.addEventListener('visibilitychange', look, { signal: stop.signal })
    return () => stop.abort()
  }, [focus])
  return is
}
