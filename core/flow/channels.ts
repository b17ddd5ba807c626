/** What a channel can carry out of a flow, and how long its people are waited for. */
import type { FlowNode } from '../protocol/flow.ts'

export type Channel = 'chat' | 'voice'

interface Abilities {
  /** The nodes that it cannot carry out, and why not. */
  readonly cannot: Partial<Record<FlowNode['do'], string>>
  /** Why a wait cannot be passed with music, announcements and a call back; null: it can. */
  readonly waiting: string | null
  /** An answer needs a digit or words of its own: nobody sees a label. */
  readonly unseen: boolean
  /** How long an answer is waited for where the flow does not say, in ms. */
  readonly patience: number
}

export const abilities: Readonly<Record<Channel, Abilities>> = {
  chat: {
    cannot: {
      play: 'a chat plays no sounds',
      voicemail: 'a chat records nothing: a queue whose plan offers to leave a message does',
      transfer: 'a chat cannot be connected to a telephone number',
      lookup: 'a chat cannot ask other systems while it leads',
    },
    waiting: 'a chat shows place and wait by itself, and plays nothing meanwhile',
    unseen: false,
    patience: 600_000,
  },
  voice: { cannot: {}, waiting: null, unseen: true, patience: 7_000 },
}
