/** jambonz, the open-source CPaaS: any SIP trunk of one's own. https://docs.jambonz.org */
import * as z from 'zod/mini'
import type { Account, Carrier, Incoming } from '../carrier.ts'
import { insist } from '../carrier.ts'
import { jsonOf } from '../reading.ts'
import { bytesOf, fromHex, isHmac, isRecent } from '../signing.ts'
import { statusEvent } from '../status.ts'
import { readVerbs } from './read.ts'
import { withRetries, writeVerbs } from './write.ts'

const CallInfo = z.object({ call_status: z.string(), duration: z.optional(z.number()) })

export const jambonz: Carrier = {
  name: 'jambonz',
  title: 'jambonz',
  caps: { speech: true, record: false, coach: true, client: true, interrupt: false, repeat: true },
  verify: isSignedByJambonz,
  read: readVerbs,
  write(instructions, errand) {
    insist(instructions, jambonz)
    return writeVerbs(instructions, errand)
  },

  command(command, account) {
    const headers = { ...headersOf(account), 'content-type': 'application/json' }
    const { leg } = command
    const change =
      command.do === 'hangup'
        ? { call_status: 'completed' }
        : {
            call_hook: {
              url: withRetries(command.address({ for: 'step', leg, step: command.step, after: 'move' })),
              method: 'POST',
            },
          }
    return { method: 'PUT', url: urlOf(account, leg), headers, body: JSON.stringify(change) }
  },

  probe: (leg, account) => ({ method: 'GET', url: urlOf(account, leg), headers: headersOf(account) }),

  probed(leg, status, body) {
    // It forgets a call soon after its end.
    if (status === 404) return { leg, is: 'ended', cause: 'lost' }
    const call = status === 200 ? CallInfo.safeParse(jsonOf(body)).data : undefined
    return call && statusEvent({ leg }, call.call_status, call.duration)
  },
}

const urlOf = ({ id, host = '' }: Account, leg: string) =>
  `https://${host}/v1/Accounts/${encodeURIComponent(id)}/Calls/${encodeURIComponent(leg)}`

const headersOf = ({ key }: Account) => ({ authorization: `Bearer ${key}` })

/** `Jambonz-Signature: t=<seconds>,v1=<hex>`, by HMAC-SHA-256 over `<seconds>.<body>`; several `v1` while a key is replaced. */
async function isSignedByJambonz({ headers, body }: Incoming, keys: readonly string[], now: number): Promise<boolean> {
  const parts = (headers.get('jambonz-signature') ?? '').split(',').map((part) => part.trim().split('='))
  const seconds = parts.find(([name]) => name === 't')?.[1] ?? ''
  if (!isRecent(seconds, now)) return false
  const signed = bytesOf(`${seconds}.`, body)
  for (const [name, value = ''] of parts) {
    if (name === 'v1' && (await isHmac('SHA-256', keys, fromHex(value), signed))) return true
  }
  return false
}
