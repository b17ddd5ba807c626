/** The routing that is tried: as today, of another version, or with plans that somebody has written. */
import { checkConfig } from '../../../core/book/check.ts'
import { KeptConfig } from '../../../core/protocol/api.ts'
import type { RoutingConfig } from '../../../core/protocol/whatif.ts'
import { faultText } from '../../i18n/faults.ts'
import { fieldText } from '../../i18n/field-errors.ts'
import { call } from '../api.ts'
import type { Draft } from './draft.ts'

/** Plans in words; anything else that is not empty is the number of a version. */
export const OWN = 'own'

export interface Wanted {
  readonly by: string
  /** JSON of plans by their keys; empty: today's, and the draft. */
  readonly plans: string
}

type Found = { readonly ok: true; readonly value: RoutingConfig } | { readonly ok: false; readonly error: string }

/** Today's plans as text, with one in the place of another. */
export function plansOf({ plans }: RoutingConfig, draft: Draft | null): string {
  return JSON.stringify(draft === null ? plans : { ...plans, [draft.id]: draft.plan }, null, 2)
}

export async function routingOf(config: RoutingConfig, { by, plans }: Wanted): Promise<Found> {
  if (by === '') return { ok: true, value: config }
  if (by === OWN) return ofPlans(config, plans)
  const kept = await call('GET', `/api/v1/config/versions/${by}`, KeptConfig)
  if (!kept.ok) return { ok: false, error: faultText(kept) }
  return kept.value === null ? { ok: true, value: config } : { ok: true, value: kept.value.config }
}

function ofPlans(config: RoutingConfig, text: string): Found {
  try {
    const checked = checkConfig({ ...config, plans: JSON.parse(text) })
    if (checked.ok) return checked
    const { field, message } = checked.error
    return { ok: false, error: field === undefined ? fieldText(message) : `${field}: ${fieldText(message)}` }
  } catch (error) {
    return { ok: false, error: `JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}
