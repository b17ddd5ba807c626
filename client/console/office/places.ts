/** The places beside the inbox: who may go there, and from where each is loaded. */
import type { FunctionComponent } from 'preact'
import { type Action, scopeOf } from '../../../core/protocol/permissions.ts'
import type { icons } from '../../ui/icon.tsx'
import { account } from '../account.ts'
import type { OfficePlace, Place } from '../address.ts'
import { lazy } from './lazy.tsx'
import { type OfficeName, officeNames } from './names.ts'

export interface OfficeProps {
  readonly place: OfficePlace
}

interface Office {
  readonly icon: keyof typeof icons
  /** Whoever may do this to anything at all finds something there. */
  readonly action: Action
  readonly View: FunctionComponent<OfficeProps>
}

export const offices: Readonly<Record<OfficeName, Office>> = {
  floor: { icon: 'pulse', action: 'floor.connect', View: lazy(() => import('../floor/floor.tsx')) },
  reports: { icon: 'chart', action: 'reports.read', View: lazy(() => import('../reports/reports.tsx')) },
  whatif: { icon: 'branch', action: 'whatif.read', View: lazy(() => import('../whatif/whatif.tsx')) },
  audit: { icon: 'list', action: 'audit.read', View: lazy(() => import('../audit/audit.tsx')) },
  staff: { icon: 'users', action: 'staff.read', View: lazy(() => import('../staff/staff.tsx')) },
  organisation: {
    icon: 'building',
    action: 'config.publish',
    View: lazy(() => import('../organisation/organisation.tsx')),
  },
  operations: { icon: 'wrench', action: 'ops.read', View: lazy(() => import('../operations/operations.tsx')) },
  keys: { icon: 'key', action: 'key.read', View: lazy(() => import('../vault/vault.tsx')) },
  plans: { icon: 'route', action: 'config.publish', View: lazy(() => import('../plans/plans.tsx')) },
  versions: { icon: 'undo', action: 'config.read', View: lazy(() => import('../versions/versions.tsx')) },
}

/** Whether whoever is signed in may do this to anything at all. */
export const mayDo = (action: Action): boolean => scopeOf(account.value?.staff.role ?? 'anyone', action) !== 'none'

export const mayEnter = (name: OfficeName): boolean => mayDo(offices[name].action)
export const openOffices = (): OfficeName[] => officeNames.filter(mayEnter)

/** Where somebody is who asked for nothing, or for the inbox without having one. */
export function shown(wanted: Place): Place {
  if (wanted.at !== 'inbox' || mayDo('agent.connect')) return wanted
  const [first] = openOffices()
  return first === undefined ? { at: 'settings', page: 'preferences' } : { at: first, page: '', query: {} }
}
