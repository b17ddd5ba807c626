/** The other side of each dialect, as far as the conformance suite needs it: it tells what happened, and does what it is told. */
import { createHmac, createPrivateKey, sign } from 'node:crypto'
import type { LegId } from '../../../core/call/events.ts'
import type { CarrierName, Document, Incoming } from '../../../worker/channels/voice/carrier.ts'
import { everything, readXml } from './xml.ts'

/** What a carrier has to tell, whatever it calls it. */
export type Happening =
  | { is: 'rings'; from: string; to: string; name?: string }
  | { is: 'comes back' }
  | { is: 'pressed'; digits: string }
  | { is: 'said'; text: string; confidence: number }
  | { is: 'dialled'; status: string; child: string }
  | { is: 'recorded a message'; url: string; seconds: number }
  | { is: 'status'; status: string; seconds?: number; parent?: string }
  | { is: 'in the room'; what: 'join' | 'leave' | 'speech'; at: string; number: number }
  | { is: 'recording'; id: string; state: string; url?: string }

export interface Peer {
  /** The key by which the carrier signs, as an administrator would enter it with us. */
  readonly key: string
  tells(happening: Happening, leg: LegId): string
  /** A webhook with this body as it would come at `now` (ms). */
  signed(url: string, body: string, now: number): Incoming
  /** What a document has the caller hear, in order, and the addresses in it. */
  hears(document: Document): { readonly heard: readonly string[]; readonly addresses: readonly string[] }
}

function twimlFields(happening: Happening): Record<string, string | number | undefined> {
  const talking = { CallStatus: 'in-progress' }
  switch (happening.is) {
    case 'rings': {
      const { from, to, name } = happening
      return { CallStatus: 'ringing', Direction: 'inbound', From: from, To: to, CallerName: name, FromCity: 'Berlin' }
    }
    case 'comes back':
      return { ...talking, ApiVersion: '2010-04-01' }
    case 'pressed':
      return { ...talking, Digits: happening.digits, msg: 'Gather End' }
    case 'said':
      return { ...talking, SpeechResult: happening.text, Confidence: happening.confidence }
    case 'dialled':
      return { ...talking, DialCallStatus: happening.status, DialCallSid: happening.child, DialBridged: 'true' }
    case 'recorded a message':
      return { ...talking, RecordingUrl: happening.url, RecordingDuration: happening.seconds, Digits: 'hangup' }
    case 'status': {
      const { status, seconds, parent } = happening
      const more = { CallDuration: seconds, ParentCallSid: parent, Direction: parent ? 'outbound-dial' : 'inbound' }
      return { CallStatus: status, ...more, From: '+1', To: '+2', CallbackSource: 'call-progress-events' }
    }
    case 'in the room': {
      const event = { join: 'participant-join', leave: 'participant-leave', speech: 'participant-speech-start' }
      const { what, at, number } = happening
      return { StatusCallbackEvent: event[what], Timestamp: at, SequenceNumber: number, ConferenceSid: 'CF1' }
    }
    case 'recording': {
      const { id, state, url } = happening
      return { RecordingSid: id, RecordingStatus: state, RecordingUrl: url, RecordingSource: 'RecordVerb' }
    }
  }
}

type Sign = (url: string, body: string, now: number) => Record<string, string>

const twiml = (key: string, signature: Sign): Peer => ({
  key,
  tells(happening, leg) {
    const fields = Object.entries({ CallSid: leg, AccountSid: 'AC1', ...twimlFields(happening) })
    const told = fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]]))
    return new URLSearchParams(told).toString()
  },
  signed: (url, body, now) => incoming(url, body, 'application/x-www-form-urlencoded', signature(url, body, now)),
  hears({ body }) {
    const nodes = everything(readXml(body))
    const heard = nodes.filter(({ name }) => name === 'Say' || name === 'Play').map(({ text }) => text)
    const addresses = nodes.flatMap(({ name, text, attributes }) => [
      ...(name === 'Redirect' ? [text] : []),
      ...Object.values(attributes).filter((value) => value.startsWith('https://')),
    ])
    return { heard, addresses }
  },
})

/** Base64 of HMAC-SHA-1 over the address and the sorted parameters, as the family's documentation says. */
const sha1 = (key: string, url: string, body: string) => {
  const sorted = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1))
  return createHmac('sha1', key)
    .update(url + sorted.flat().join(''))
    .digest('base64')
}

const seconds = (now: number) => `${Math.floor(now / 1_000)}`

/** The key pair of RFC 8032 §7.1, test 1. */
const ed25519 = {
  open: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  secret: createPrivateKey({
    key: Buffer.from(
      `302e020100300506032b657004220420${'9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'}`,
      'hex',
    ),
    format: 'der',
    type: 'pkcs8',
  }),
}

function verbFields(happening: Happening): object {
  const talking = { call_status: 'in-progress', direction: 'inbound', from: '+1', to: '+2' }
  switch (happening.is) {
    case 'rings': {
      const { from, to, name } = happening
      return { call_status: 'trying', direction: 'inbound', from, to, caller_name: name, sip: { headers: {} } }
    }
    case 'comes back':
      return { ...talking, reason: 'timeout' }
    case 'pressed':
      return { ...talking, reason: 'dtmfDetected', digits: happening.digits }
    case 'said': {
      const { text: transcript, confidence } = happening
      const speech = { language_code: 'en-US', is_final: true, alternatives: [{ transcript, confidence }] }
      return { ...talking, reason: 'speechDetected', speech }
    }
    case 'dialled':
      return { ...talking, dial_call_status: happening.status, dial_call_sid: happening.child, dial_sip_status: 200 }
    case 'status': {
      const { status, seconds: duration, parent } = happening
      const direction = parent ? 'outbound' : 'inbound'
      return {
        call_status: status,
        duration,
        parent_call_sid: parent,
        direction,
        from: '+1',
        to: '+2',
        sip_status: 200,
      }
    }
    case 'in the room': {
      const event = { join: 'join', leave: 'leave', speech: 'start-talking' }
      return { ...talking, event: event[happening.what], time: happening.at, members: 2, conference_sid: 'conf:1:r' }
    }
    case 'recorded a message':
    case 'recording':
      throw new Error('jambonz records nothing')
  }
}

interface Verb {
  readonly verb: string
  readonly say?: Verb
  readonly play?: Verb
  readonly [property: string]: unknown
}

/** The texts and sounds of verbs in the order in which they are heard. */
const heardIn = (verbs: readonly Verb[]): string[] =>
  verbs.flatMap(({ verb, text, url, say, play }) => [
    ...(verb === 'say' ? [`${text}`] : []),
    ...(verb === 'play' ? [`${url}`] : []),
    ...heardIn([say, play].filter((inner) => inner !== undefined)),
  ])

const jambonz: Peer = {
  key: 'whsec',
  tells: (happening, leg) =>
    JSON.stringify({ call_sid: leg, account_sid: 'a', call_id: 'c', ...verbFields(happening) }),
  signed(url, body, now) {
    const signature = createHmac('sha256', jambonz.key)
      .update(`${seconds(now)}.${body}`)
      .digest('hex')
    return incoming(url, body, 'application/json', { 'jambonz-signature': `t=${seconds(now)},v1=${signature}` })
  },
  hears({ body }) {
    const verbs: readonly Verb[] = JSON.parse(body)
    const addresses = verbs.flatMap((verb) =>
      Object.entries(verb).flatMap(([name, value]) => (name.endsWith('Hook') ? [`${value}`] : [])),
    )
    return { heard: heardIn(verbs), addresses }
  },
}

function incoming(url: string, body: string, type: string, headers: Record<string, string>): Incoming {
  const all = new Headers({ ...headers, 'content-type': type })
  return { url, headers: all, body: new Uint8Array(new TextEncoder().encode(body)) }
}

export const peers: Readonly<Record<CarrierName, Peer>> = {
  twilio: twiml('12345', (url, body) => ({ 'x-twilio-signature': sha1('12345', url, body) })),
  signalwire: twiml('PSK1', (url, body) => ({ 'x-signalwire-signature': sha1('PSK1', url, body) })),
  telnyx: twiml(ed25519.open, (_, body, now) => ({
    'telnyx-timestamp': seconds(now),
    'telnyx-signature-ed25519': sign(null, Buffer.from(`${seconds(now)}|${body}`), ed25519.secret).toString('base64'),
  })),
  jambonz,
}
