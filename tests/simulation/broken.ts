/** Rules broken on purpose: for each rule real handlers altered at one point, or a broken port, which it must catch. */
import type { Broken } from './broken/alter.ts'
import { brokenLooking } from './broken/looking.ts'
import { brokenMatching } from './broken/matching.ts'
import { brokenTalk } from './broken/talk.ts'
import { brokenTransport } from './broken/transport.ts'

export const broken: readonly Broken[] = [...brokenTransport, ...brokenTalk, ...brokenMatching, ...brokenLooking]
