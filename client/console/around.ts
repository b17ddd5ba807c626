/** The browser around the console. It is at work all day: what carries a link where sockets cannot is there from the beginning. */
import { aroundBy } from '../net/browser.ts'
import { PollCarrier } from '../net/poll.ts'

export const around = aroundBy((use) => use(PollCarrier))
