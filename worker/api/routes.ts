/** The table of the API: what can be asked, by whom, with which body, and what comes back. */
import * as z from 'zod/mini'
import {
  CommandAnswer,
  CommandRequest,
  ConversationList,
  EntryList,
  NameList,
  PublishedConfig,
  PublishedVersion,
  Session,
  SignIn,
  StuckList,
  Ticket,
  TicketRequest,
} from '../../core/protocol/api.ts'
import { Config } from '../../core/protocol/config.ts'
import { commandAgent, commandConversation, listAgents, listQueues, ticket } from './actors.ts'
import { publishConfig, readConfig } from './config.ts'
import { conversations, entriesOf } from './conversations.ts'
import { health, stuck } from './ops.ts'
import { guarded, guardedWithBody, open, openWithBody, type Route } from './route.ts'
import { signIn, signOut, whoAmI } from './session.ts'

const session = '/api/v1/session'
const config = '/api/v1/config'

export const routes: readonly Route[] = [
  open(
    { method: 'GET', path: '/api/health', permission: 'anyone', summary: 'Whether this installation can serve.' },
    z.object({ ok: z.literal(true) }),
    health,
  ),
  guarded(
    { method: 'GET', path: '/api/ops/stuck', permission: 'administrator', summary: 'What does not get through.' },
    StuckList,
    stuck,
  ),
  openWithBody(
    { method: 'POST', path: session, permission: 'anyone', summary: 'Signs in: sets the session cookie.' },
    SignIn,
    Session,
    signIn,
  ),
  guarded({ method: 'GET', path: session, permission: 'staff', summary: 'Who is signed in.' }, Session, whoAmI),
  open({ method: 'DELETE', path: session, permission: 'anyone', summary: 'Signs out.' }, null, signOut),
  guardedWithBody(
    { method: 'POST', path: '/api/v1/tickets', permission: 'staff', summary: 'A ticket for one socket.' },
    TicketRequest,
    Ticket,
    ticket,
  ),
  guarded(
    { method: 'GET', path: '/api/v1/queues', permission: 'staff', summary: 'The queues by name.' },
    NameList,
    listQueues,
  ),
  guarded(
    { method: 'GET', path: '/api/v1/agents', permission: 'supervisor', summary: 'The agents by name.' },
    NameList,
    listAgents,
  ),
  guardedWithBody(
    { method: 'POST', path: '/api/v1/agents/:id/commands', permission: 'staff', summary: 'A command to an agent.' },
    CommandRequest,
    CommandAnswer,
    commandAgent,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/v1/conversations/:id/commands',
      permission: 'staff',
      summary: 'A command to a conversation.',
    },
    CommandRequest,
    CommandAnswer,
    commandConversation,
  ),
  guarded(
    { method: 'GET', path: '/api/v1/conversations', permission: 'supervisor', summary: 'The record, newest first.' },
    ConversationList,
    conversations,
  ),
  guarded(
    {
      method: 'GET',
      path: '/api/v1/conversations/:id/entries',
      permission: 'supervisor',
      summary: 'The recorded entries of a conversation, oldest first.',
    },
    EntryList,
    entriesOf,
  ),
  guarded(
    { method: 'GET', path: config, permission: 'administrator', summary: 'The configuration, newest version.' },
    PublishedConfig,
    readConfig,
  ),
  guardedWithBody(
    { method: 'PUT', path: config, permission: 'administrator', summary: 'Publishes a configuration, whole.' },
    Config,
    PublishedVersion,
    publishConfig,
  ),
]
