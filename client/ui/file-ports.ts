/** Binds the ports of uploads to the browser. */
import { heldFiles } from '../net/held-files.ts'
import { send } from '../net/sending.ts'
import type { UploadPorts } from '../net/upload-ports.ts'
import { measure } from './measure.ts'

/** `scope`: a conversation, seen by one person. */
export const filesHere = (scope: string, code: UploadPorts['code']): Omit<UploadPorts, 'around'> => ({
  send,
  held: heldFiles(scope),
  measure,
  code,
})
