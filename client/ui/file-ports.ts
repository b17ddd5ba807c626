/** Binds the ports of uploads to the browser. */
import { heldFiles } from '../net/held-files.ts'
import type { UploadPorts } from '../net/upload-ports.ts'

/** `scope`: a conversation, seen by one person. */
type Code = () => Promise<typeof import('./file-code.ts')>

export const filesHere = (scope: string, code: Code): Omit<UploadPorts, 'around'> => ({
  send: async (request) => (await code()).send(request),
  held: heldFiles(scope),
  guard: askBeforeLeaving,
  measure: async (file) => (await code()).measure(file),
  code,
})

/** Browsers ask in words of their own, of whoever has used the page. */
function askBeforeLeaving(): () => void {
  const stop = new AbortController()
  addEventListener('beforeunload', (event) => event.preventDefault(), { signal: stop.signal })
  return () => stop.abort()
}
