/** What sends files, as one piece that is fetched when the first file is there. */

export { send } from '../net/sending.ts'
export { Uploads } from '../net/uploads.ts'
export { measure } from './measure.ts'
