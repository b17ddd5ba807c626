/** The routes by which `npm run admin -- backup` and `restore` work. */
import * as api from '../../../core/protocol/api.ts'
import {
  backupActor,
  backupActors,
  backupObject,
  backupObjects,
  beginRestore,
  endRestore,
  restoreActor,
  restoreObject,
  restorePart,
} from '../backup.ts'
import { guardedWithBody, guardedWithQuery, type Route } from '../route.ts'

const base = '/api/ops/backup'
const bytes = 'application/octet-stream'
/** A page holds 400,000 characters, or one row: in bytes, with what JSON adds. */
const mostPage = 8_388_608

export const backupRoutes: readonly Route[] = [
  guardedWithQuery(
    {
      method: 'GET',
      path: `${base}/actors`,
      action: 'ops.backup',
      summary: 'Who holds something that a backup keeps.',
    },
    api.BackupQuery,
    api.BackupActors,
    backupActors,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: `${base}/actor`,
      action: 'ops.backup',
      summary: 'A page of what an actor holds.',
      refuses: ['not_found'],
    },
    api.ActorQuery,
    api.BackupPage,
    backupActor,
  ),
  guardedWithBody(
    {
      method: 'PUT',
      path: `${base}/actor`,
      action: 'ops.restore',
      summary: 'Puts a page back into an actor that holds nothing yet.',
      refuses: ['not_found', 'conflict'],
      most: mostPage,
    },
    api.RestoreRequest,
    null,
    restoreActor,
  ),
  guardedWithQuery(
    { method: 'GET', path: `${base}/objects`, action: 'ops.backup', summary: 'What lies in the bucket.' },
    api.BackupQuery,
    api.BackupObjects,
    backupObjects,
  ),
  guardedWithQuery(
    {
      method: 'GET',
      path: `${base}/object`,
      action: 'ops.backup',
      summary: 'An object of the bucket, as it is.',
      refuses: ['not_found'],
      media: bytes,
    },
    api.ObjectQuery,
    api.Bytes,
    backupObject,
  ),
  guardedWithQuery(
    {
      method: 'PUT',
      path: `${base}/object`,
      action: 'ops.restore',
      summary: 'Puts an object back; one that is there stays.',
      takes: bytes,
    },
    api.RestoreObject,
    null,
    restoreObject,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: `${base}/parts`,
      action: 'ops.restore',
      summary: 'Begins to put an object back in parts: one request takes 100 MB at most.',
    },
    api.RestoreInParts,
    api.RestoreBegun,
    beginRestore,
  ),
  guardedWithQuery(
    {
      method: 'PUT',
      path: `${base}/parts`,
      action: 'ops.restore',
      summary: 'A part of an object; sent again, the newer one counts.',
      refuses: ['not_found'],
      takes: bytes,
    },
    api.RestorePart,
    api.PartStored,
    restorePart,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: `${base}/parts/end`,
      action: 'ops.restore',
      summary: 'All parts of an object are there.',
      refuses: ['not_found'],
      most: 2_097_152,
    },
    api.RestoreEnd,
    null,
    endRestore,
  ),
]
