/** How a part of the screen says what a command does while it is there. */
import { useEffect, useRef } from 'preact/hooks'
import { type CommandId, handlers } from './commands.ts'

/** While the calling part is on the screen and `run` is not null, the command does `run`. */
export function useCommand(id: CommandId, run: (() => void) | null): void {
  const latest = useRef(run)
  latest.current = run
  const possible = run !== null
  useEffect(() => {
    if (!possible) return
    const handler = () => latest.current?.()
    handlers.value = new Map([...handlers.peek(), [id, handler]])
    return () => {
      // Another part may have taken the command over in the meantime.
      if (handlers.peek().get(id) !== handler) return
      handlers.value = new Map([...handlers.peek()].filter(([other]) => other !== id))
    }
  }, [id, possible])
}
