/** The carriers that we speak with. */
import type { Carrier, CarrierName } from './carrier.ts'
import { jambonz } from './jambonz/carrier.ts'
import { signalwire, telnyx, twilio } from './twiml/profiles.ts'

export const carriers: Readonly<Record<CarrierName, Carrier>> = { twilio, signalwire, telnyx, jambonz }
