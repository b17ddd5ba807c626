/** The part of the table of routes about how the installation is doing. */
import * as api from '../../../core/protocol/api.ts'
import { health, replay, stuck, told } from '../ops.ts'
import { rebuild } from '../rebuild.ts'
import { guarded, guardedWithBody, guardedWithQuery, open, openWithBody, type Route } from '../route.ts'
import { status } from '../status.ts'

export const opsRoutes: readonly Route[] = [
  openWithBody(
    {
      method: 'POST',
      path: '/api/ops/told',
      action: 'staff.told',
      summary:
        'The command line has changed in the record what a member of staff may do, by this act: sockets from before close.',
      refuses: ['not_found', 'slow_down'],
    },
    api.ToldRequest,
    null,
    told,
  ),
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
  guarded(
    {
      method: 'GET',
      path: '/api/ops/status',
      action: 'ops.read',
      summary:
        'How the installation is: versions, databases, what the duties still have to do. Nothing that anybody said.',
      refuses: ['not_ready'],
    },
    api.OpsStatus,
    status,
  ),
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
]
