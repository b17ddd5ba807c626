/** What we ask of the TwiML family's REST API: https://www.twilio.com/docs/voice/api/call-resource. */
import * as z from 'zod/mini'
import type { LegId } from '../../../../core/call/events.ts'
import type { Account, Carrier, CarrierRequest } from '../carrier.ts'
import { jsonOf, secondsOf } from '../reading.ts'
import { statusEvent } from '../status.ts'
import type { Profile } from './profiles.ts'

const CallResource = z.object({ status: z.string(), duration: z.nullish(z.coerce.string()) })

export const restOf = (profile: Profile): Pick<Carrier, 'command' | 'probe' | 'probed'> => ({
  command(command, account) {
    if (command.do === 'hangup') return change(profile, command.leg, account, { Status: 'completed' })
    const { leg, step } = command
    const url = command.address({ for: 'step', leg, step, after: 'move' }) + profile.retries
    return change(profile, leg, account, { Url: url, Method: 'POST' })
  },

  probe: (leg, account) => ({ method: 'GET', url: urlOf(profile, leg, account), headers: headersOf(profile, account) }),

  probed(leg, status, body) {
    if (status === 404) return { leg, is: 'ended', cause: 'lost' }
    const call = status === 200 ? CallResource.safeParse(jsonOf(body)).data : undefined
    return call && statusEvent({ leg }, call.status, secondsOf(call.duration ?? undefined))
  },
})

function change(profile: Profile, leg: LegId, account: Account, body: Record<string, string>): CarrierRequest {
  const headers = { ...headersOf(profile, account), 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', url: urlOf(profile, leg, account), headers, body: `${new URLSearchParams(body)}` }
}

const urlOf = ({ calls, suffix }: Profile, leg: LegId, account: Account) =>
  `${calls(account)}/${encodeURIComponent(leg)}${suffix}`

const headersOf = ({ authorization }: Profile, account: Account) => ({ authorization: authorization(account) })
