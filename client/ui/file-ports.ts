/** Binds the ports of uploads to the browser. */
import { heldFiles } from '../net/held-files.ts'
import { send } from '../net/sending.ts'
import type { UploadPorts } from '../net/upload-ports.ts'
import { measure } from './measure.ts'

/** `scope`: a conversation, seen by one person. */
export const filesHere = (scope: string, code: UploadPorts['code']): Omit<UploadPorts, 'around'> => ({
  send,
  held: heldFiles(scope),
  guard: askBeforeLeaving,
  measure,
  code,
})

/** Browsers ask in words of their own, of whoever has used the page. */
function askBeforeLeaving(): () => void {
  const stop = new AbortController()
  addEventListener('beforeunload', (event) => event.preventDefault(), { signal: stop.signal })
  return () => stop.abort()
}
