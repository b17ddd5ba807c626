/** The part of the table of routes about figures. */
import * as reports from '../../../core/protocol/reports.ts'
import { agentCsv, agentReport, queueCsv, queueReport } from '../reports.ts'
import { guardedWithQuery, type Route } from '../route.ts'

export const reportRoutes: readonly Route[] = [
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
    {
      method: 'GET',
      path: '/api/v1/reports/queues.csv',
      action: 'reports.read',
      summary: 'Figures of the queues, as CSV.',
      media: 'text/csv',
    },
    reports.QueueReportQuery,
    reports.ReportExport,
    queueCsv,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: '/api/v1/reports/agents.csv',
      action: 'reports.read',
      summary: 'Figures of the agents, as CSV.',
      media: 'text/csv',
    },
    reports.AgentReportQuery,
    reports.ReportExport,
    agentCsv,
  ),
]
