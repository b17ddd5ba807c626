/** The table of the API: what can be asked, by whom, with which body, and what comes back. */
import * as administration from '../../core/protocol/administration.ts'
import * as api from '../../core/protocol/api.ts'
import { Config } from '../../core/protocol/config.ts'
import { agentActions, conversationActions } from '../../core/protocol/permissions.ts'
import * as reports from '../../core/protocol/reports.ts'
import { mostConfig } from '../body.ts'
import { fileRoutes } from '../files/routes.ts'
import { commandAgent, commandConversation, listAgents, listQueues, readDesk, ticket } from './actors.ts'
import { exportCsv, exportNdjson, readAudit } from './audit.ts'
import { backupRoutes } from './backup-routes.ts'
import { listChanges, listVersions, publishConfig, readConfig, readVersion, returnToVersion } from './config.ts'
import { conversations, conversationsOf, entriesOf } from './conversations.ts'
import { keyRoutes } from './keys.ts'
import { health, replay, stuck } from './ops.ts'
import { erasePerson, exportPerson, readErasure } from './persons.ts'
import { rebuild } from './rebuild.ts'
import { reference } from './reference/routes.ts'
import { agentReport, queueReport } from './reports.ts'
import {
  guarded,
  guardedWithBody,
  guardedWithQuery,
  guardedWithQueryAndBody,
  inPerson,
  open,
  openWithBody,
  type Route,
} from './route.ts'
import { search } from './search.ts'
import { securityRoutes } from './security.ts'
import { signIn, signOut, whoAmI } from './session.ts'
import { changeStaff, createMember, listStaff, resetPassword } from './staff.ts'

const session = '/api/v1/session'
const config = '/api/v1/config'
const staff = '/api/v1/staff'
const audit = '/api/v1/audit'

export const routes: readonly Route[] = [
  open(
    {
      method: 'GET',
      path: '/api/health',
      action: 'installation.read',
      summary: 'Whether this installation can serve.',
      refuses: ['not_ready'],
    },
    api.Health,
    health,
  ),
  ...reference(() => routes),
  ...fileRoutes,
  ...backupRoutes,
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/ops/stuck',
      action: 'ops.read',
      summary: 'What does not get through between the actors and towards the record, as they report it, page by page.',
    },
    api.StuckQuery,
    api.StuckList,
    stuck,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/ops/replay',
      action: 'ops.replay',
      summary: 'Sends again what does not get through at one of the actors that have reported; how much that was.',
      refuses: ['not_found'],
      key: 'kept',
    },
    api.ReplayRequest,
    api.ReplayAnswer,
    replay,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/ops/rebuild',
      action: 'ops.rebuild',
      summary: 'One step of making the record anew from what the actors know.',
      key: 'kept',
    },
    api.RebuildRequest,
    api.RebuildStep,
    rebuild,
  ),
  openWithBody(
    {
      method: 'POST',
      path: session,
      action: 'session.open',
      summary: 'Signs in: sets the session cookie.',
      refuses: ['unauthenticated', 'second_factor', 'slow_down'],
    },
    api.SignIn,
    api.Session,
    signIn,
  ),
  guarded(
    { method: 'GET', path: session, action: 'session.read', summary: 'Who is signed in.' },
    api.Session,
    inPerson(whoAmI),
  ),
  open({ method: 'DELETE', path: session, action: 'session.close', summary: 'Signs out.' }, null, signOut),
  ...securityRoutes,
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/v1/tickets',
      action: ['agent.connect', 'queue.connect', 'conversation.connect'],
      summary: 'A ticket for one socket, good for a minute.',
      isAutomatic: true,
      refuses: ['not_found'],
    },
    api.TicketRequest,
    api.Ticket,
    inPerson(ticket),
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/queues',
      action: 'names.queues',
      summary: 'The queues by name.',
      refuses: ['not_found'],
    },
    api.NameQuery,
    api.NameList,
    listQueues,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/agents',
      action: 'names.agents',
      summary: 'The agents by name.',
      refuses: ['not_found'],
    },
    api.NameQuery,
    api.NameList,
    listAgents,
  ),
  guarded(
    {
      method: 'GET',
      path: '/api/v1/desk',
      action: 'names.desk',
      summary: 'Tags, dispositions and attributes by name, and how long a conversation may be laid aside.',
      refuses: ['not_found'],
    },
    api.Desk,
    readDesk,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/v1/agents/:id/commands',
      action: agentActions,
      summary: 'A command to an agent: what its console can say.',
      key: 'command',
      refuses: ['conflict', 'stale_lease'],
    },
    api.AgentCommandRequest,
    api.AgentCommandAnswer,
    inPerson(commandAgent),
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: '/api/v1/conversations/:id/commands',
      action: conversationActions,
      summary: 'A command to a conversation: what its socket can say.',
      key: 'command',
      refuses: ['conflict', 'stale_lease', 'closed'],
    },
    api.ConversationCommandRequest,
    api.ConversationCommandAnswer,
    inPerson(commandConversation),
  ),
  guardedWithQuery(
    { method: 'GET', path: '/api/v1/conversations', action: 'record.read', summary: 'The record, newest first.' },
    api.ConversationQuery,
    api.ConversationList,
    conversations,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/customers/:id/conversations',
      action: 'record.customer',
      summary: 'The conversations of a customer, newest first.',
    },
    api.CustomerConversationQuery,
    api.ConversationList,
    conversationsOf,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/conversations/:id/entries',
      action: 'record.read',
      summary: 'The recorded entries of a conversation, oldest first.',
    },
    api.EntryQuery,
    api.EntryList,
    entriesOf,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/search',
      action: 'record.search',
      summary: 'Messages and notes with all of these words, newest first.',
    },
    api.SearchQuery,
    api.SearchAnswer,
    search,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/reports/queues',
      action: 'reports.read',
      summary: 'Figures of the queues: offered, answered, abandoned, service level, times.',
    },
    reports.QueueReportQuery,
    reports.QueueReportAnswer,
    queueReport,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/reports/agents',
      action: 'reports.read',
      summary: 'Figures of the agents: offers, talks, times, occupancy.',
    },
    reports.AgentReportQuery,
    reports.AgentReportAnswer,
    agentReport,
  ),
  guardedWithQuery(
    { method: 'GET', path: staff, action: 'staff.read', summary: 'Who works here, by id.' },
    administration.StaffQuery,
    administration.StaffList,
    listStaff,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: staff,
      action: 'staff.create',
      summary: 'Adds somebody, with a password that is shown this once.',
      refuses: ['conflict'],
    },
    administration.NewMember,
    administration.MemberWithPassword,
    inPerson(createMember),
  ),
  guardedWithBody(
    {
      method: 'PUT',
      path: `${staff}/:id`,
      action: 'staff.change',
      summary: 'Changes the name, the role, or whether somebody may sign in; nobody changes their own role.',
      refuses: ['conflict'],
    },
    administration.MemberChange,
    administration.Member,
    inPerson(changeStaff),
  ),
  guarded(
    {
      method: 'POST',
      path: `${staff}/:id/password`,
      action: 'staff.password',
      summary: 'Gives somebody a new password, shown this once, and ends all their sessions.',
    },
    administration.MemberWithPassword,
    inPerson(resetPassword),
  ),
  ...keyRoutes,
  guardedWithQuery(
    { method: 'GET', path: audit, action: 'audit.read', summary: 'Who did what, newest first.' },
    administration.AuditQuery,
    administration.AuditList,
    readAudit,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: `${audit}.csv`,
      action: 'audit.export',
      summary: 'Who did what, newest first, as CSV.',
      media: 'text/csv',
    },
    administration.AuditFilter,
    administration.AuditExport,
    exportCsv,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: `${audit}.ndjson`,
      action: 'audit.export',
      summary: 'Who did what, newest first, as a line of JSON for each act.',
      media: 'application/x-ndjson',
    },
    administration.AuditFilter,
    administration.AuditExport,
    exportNdjson,
  ),
  guarded(
    {
      method: 'GET',
      path: '/api/v1/customers/:id/export',
      action: 'person.export',
      summary: 'Everything about a person, one JSON object a line.',
      media: 'application/x-ndjson',
    },
    api.Bytes,
    exportPerson,
  ),
  guarded(
    {
      method: 'POST',
      path: '/api/v1/customers/:id/erasure',
      action: 'person.erase',
      summary: 'Erases a person everywhere. Asked again it goes on, and answers with the proof.',
    },
    api.Erasure,
    erasePerson,
  ),
  guarded(
    {
      method: 'GET',
      path: '/api/v1/customers/:id/erasure',
      action: 'person.erase',
      summary: 'How far an erasure has come, and its proof.',
    },
    api.Erasure,
    readErasure,
  ),
  guarded(
    {
      method: 'GET',
      path: config,
      action: 'config.read',
      summary: 'The configuration, newest version.',
      refuses: ['not_found'],
    },
    api.PublishedConfig,
    readConfig,
  ),
  guardedWithQueryAndBody(
    {
      method: 'PUT',
      path: config,
      action: 'config.publish',
      summary: 'Publishes a configuration, whole; in conflict when another than `base` is published by now.',
      key: 'required',
      refuses: ['conflict'],
      most: mostConfig,
    },
    api.PublishQuery,
    Config,
    api.PublishedVersion,
    publishConfig,
  ),
  guardedWithQuery(
    { method: 'GET', path: `${config}/versions`, action: 'config.read', summary: 'The versions, newest first.' },
    api.ConfigVersionQuery,
    api.ConfigVersionList,
    listVersions,
  ),
  guarded(
    { method: 'GET', path: `${config}/versions/:version`, action: 'config.read', summary: 'One version, whole.' },
    api.KeptConfig,
    readVersion,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: `${config}/versions/:version/return`,
      action: 'config.publish',
      summary: 'Publishes what an earlier version says as a new one.',
      key: 'required',
      refuses: ['conflict'],
    },
    api.ReturnRequest,
    api.PublishedVersion,
    returnToVersion,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: `${config}/changes`,
      action: 'config.read',
      summary: 'What is different between two versions.',
      refuses: ['not_found'],
    },
    api.ConfigChangesQuery,
    api.ConfigChanges,
    listChanges,
  ),
]
