/** The real actors in their homes; a test may put other models in their place. */
import { agentModel } from '../../../core/agent/model.ts'
import type { AgentState } from '../../../core/agent/state.ts'
import { bookModel } from '../../../core/book/model.ts'
import type { BookState } from '../../../core/book/versions.ts'
import { conversationModel } from '../../../core/conversation/model.ts'
import type { ConversationState } from '../../../core/conversation/state.ts'
import type { Model } from '../../../core/engine/model.ts'
import { floorModel } from '../../../core/floor/model.ts'
import type { FloorState } from '../../../core/floor/state.ts'
import { type ActorName, address, asId, type OrgId, parseAddress, type ThreadId } from '../../../core/ids.ts'
import { queueModel } from '../../../core/queue/model.ts'
import type { QueueState } from '../../../core/queue/state.ts'
import { type RegisterState, registerModel } from '../../../core/register/model.ts'
import { type ThreadState, threadModel } from '../../../core/thread/model.ts'
import { Home, type Resident, type Surroundings } from './home.ts'

export interface Models {
  readonly conversation: Model<ConversationState>
  readonly queue: Model<QueueState>
  readonly agent: Model<AgentState>
  readonly thread: Model<ThreadState>
  readonly book: Model<BookState>
  readonly register: Model<RegisterState>
  readonly floor: Model<FloorState>
}

export const realModels: Models = {
  conversation: conversationModel,
  queue: queueModel,
  agent: agentModel,
  thread: threadModel,
  book: bookModel,
  register: registerModel,
  floor: floorModel,
}

export const org = asId<OrgId>('acme')
export const bookName = address(org, 'book', 'book')

/** Makes homes, and finds again those into which the shell brings decisions of its own. */
export class City {
  readonly threads = new Map<ActorName, Home<ThreadState>>()
  book: Home<BookState> | null = null
  floor: Home<FloorState> | null = null
  readonly #models: Models

  constructor(models: Models) {
    this.#models = models
  }

  settle(around: Surroundings, name: ActorName): Resident {
    const models = this.#models
    switch (parseAddress(name).kind) {
      case 'conversation':
        return new Home(around, name, models.conversation)
      case 'queue':
        return new Home(around, name, models.queue)
      case 'agent':
        return new Home(around, name, models.agent)
      case 'book':
        this.book = new Home(around, name, models.book)
        return this.book
      case 'floor':
        this.floor = new Home(around, name, models.floor)
        return this.floor
      case 'access':
      case 'limiter':
        throw new Error('nobody signs in here')
      case 'register':
        return new Home(around, name, models.register)
      case 'thread': {
        const thread = new Home(around, name, models.thread)
        this.threads.set(name, thread)
        return thread
      }
    }
  }
}

export function threadName(customer: string): ActorName {
  return address(org, 'thread', asId<ThreadId>(`chat:${customer}`))
}
