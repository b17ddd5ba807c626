/** The part of the table of routes about the configuration. */
import * as api from '../../../core/protocol/api.ts'
import { Config } from '../../../core/protocol/config.ts'
import { mostConfig } from '../../body.ts'
import { listChanges, listVersions, publishConfig, readConfig, readVersion, returnToVersion } from '../config.ts'
import { guarded, guardedWithBody, guardedWithQuery, guardedWithQueryAndBody, type Route } from '../route.ts'

const path = '/api/v1/config'
/** The second for a version in which people sign in otherwise. */
const publishing = ['config.publish', 'config.session'] as const

export const configRoutes: readonly Route[] = [
  guarded(
    {
      method: 'GET',
      path,
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
      path,
      action: publishing,
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
    { method: 'GET', path: `${path}/versions`, action: 'config.read', summary: 'The versions, newest first.' },
    api.ConfigVersionQuery,
    api.ConfigVersionList,
    listVersions,
  ),
  guarded(
    { method: 'GET', path: `${path}/versions/:version`, action: 'config.read', summary: 'One version, whole.' },
    api.KeptConfig,
    readVersion,
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: `${path}/versions/:version/return`,
      action: publishing,
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
      path: `${path}/changes`,
      action: 'config.read',
      summary: 'What is different between two versions.',
      refuses: ['not_found'],
    },
    api.ConfigChangesQuery,
    api.ConfigChanges,
    listChanges,
  ),
]
