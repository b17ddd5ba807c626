/** The carriers of the TwiML family, and in what they differ. */
import type { Account, Caps, Carrier, CarrierName, Incoming } from '../carrier.ts'
import { insist } from '../carrier.ts'
import { bytesOf, fromBase64, isEd25519, isRecent } from '../signing.ts'
import { readTwiml } from './read.ts'
import { restOf } from './rest.ts'
import { asTheyCame, isForm, isSigned, isSignedHex, sortedOnce } from './signature.ts'
import { writeTwiml } from './write.ts'

export interface Profile {
  readonly name: CarrierName
  readonly title: string
  readonly caps: Caps
  /** Behind every address that we hand out: how often it is asked again. The carrier keeps it to itself. */
  readonly retries: string
  /** When speech is over, where the carrier finds that out by itself. */
  readonly speechTimeout?: 'auto'
  readonly verify: Carrier['verify']
  /** Where the calls of an account are, and what opens them. */
  readonly calls: (account: Account) => string
  readonly authorization: (account: Account) => string
  /** Behind a call's id in an address. */
  readonly suffix: '.json' | ''
}

const basic = ({ id, key }: Account) => `Basic ${btoa(`${id}:${key}`)}`

const twilioProfile: Profile = {
  name: 'twilio',
  title: 'Twilio',
  caps: { speech: true, record: true, coach: true, client: true, interrupt: true, repeat: true },
  // https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides: left alone it asks again only where nothing listens.
  retries: '#rc=2&rp=5xx,ct,rt&rt=4000&tt=12000',
  speechTimeout: 'auto',
  verify: (incoming, keys) => isSigned(incoming, header(incoming, 'x-twilio-signature'), keys, sortedOnce),
  calls: ({ id }) => `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(id)}/Calls`,
  authorization: basic,
  suffix: '.json',
}

const signalwireProfile: Profile = {
  name: 'signalwire',
  title: 'SignalWire',
  caps: { speech: true, record: true, coach: false, client: false, interrupt: true, repeat: false },
  retries: '',
  speechTimeout: 'auto',
  verify: async (incoming, keys) => {
    const signature = header(incoming, 'x-signalwire-signature') || header(incoming, 'x-twilio-signature')
    if (await isSigned(incoming, signature, keys, asTheyCame)) return true
    return !isForm(incoming) && isSignedHex(incoming, signature, keys)
  },
  calls: ({ id, host = '' }) => `https://${host}/api/laml/2010-04-01/Accounts/${encodeURIComponent(id)}/Calls`,
  authorization: basic,
  suffix: '.json',
}

const telnyxProfile: Profile = {
  name: 'telnyx',
  title: 'Telnyx (TeXML)',
  caps: { speech: true, record: true, coach: false, client: false, interrupt: true, repeat: false },
  retries: '',
  verify: isSignedByTelnyx,
  calls: ({ id }) => `https://api.telnyx.com/v2/texml/Accounts/${encodeURIComponent(id)}/Calls`,
  authorization: ({ key }) => `Bearer ${key}`,
  suffix: '',
}

/** Ed25519 over `<seconds>|<body>`, for TeXML as for everything of Telnyx. The keys are public ones. */
async function isSignedByTelnyx(incoming: Incoming, keys: readonly string[], now: number): Promise<boolean> {
  const seconds = header(incoming, 'telnyx-timestamp')
  if (!isRecent(seconds, now)) return false
  const signed = bytesOf(`${seconds}|`, incoming.body)
  return isEd25519(keys, fromBase64(header(incoming, 'telnyx-signature-ed25519')), signed)
}

const header = ({ headers }: Incoming, name: string) => headers.get(name) ?? ''

const carrierOf = (profile: Profile): Carrier => ({
  name: profile.name,
  title: profile.title,
  caps: profile.caps,
  verify: profile.verify,
  read: readTwiml,
  write(instructions, errand) {
    insist(instructions, profile)
    return writeTwiml(instructions, errand, profile)
  },
  ...restOf(profile),
})

export const twilio = carrierOf(twilioProfile)
export const signalwire = carrierOf(signalwireProfile)
export const telnyx = carrierOf(telnyxProfile)
