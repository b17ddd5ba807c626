/** The part of the table that is about second factors and secrets. */
import * as api from '../../../core/protocol/api.ts'
import { beginFactor, confirmFactor, endFactor, factorState } from '../factor.ts'
import { guarded, guardedWithBody, inPerson, type Route } from '../route.ts'
import { dropSecret, secretsOf, setSecret } from '../secrets.ts'

const factor = '/api/v1/session/factor'
const secret = '/api/v1/secrets/:name'

export const securityRoutes: readonly Route[] = [
  guarded(
    { method: 'GET', path: factor, action: 'session.factor', summary: "The caller's second factor." },
    api.FactorState,
    inPerson(factorState),
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: factor,
      action: 'session.factor',
      summary: 'Begins to turn on a second factor: the secret for an authenticator app.',
      refuses: ['conflict', 'slow_down'],
    },
    api.FactorBegin,
    api.FactorSecret,
    inPerson(beginFactor),
  ),
  guardedWithBody(
    {
      method: 'PUT',
      path: factor,
      action: 'session.factor',
      summary: "Turns it on by the app's first code; the recovery codes.",
      refuses: ['conflict', 'slow_down'],
    },
    api.FactorCode,
    api.RecoveryCodes,
    inPerson(confirmFactor),
  ),
  guardedWithBody(
    {
      method: 'POST',
      path: `${factor}/off`,
      action: 'session.factor',
      summary: 'Turns it off, where the role need not have one.',
      refuses: ['slow_down'],
    },
    api.FactorOff,
    null,
    inPerson(endFactor),
  ),
  guarded(
    { method: 'GET', path: '/api/v1/secrets', action: 'secrets.manage', summary: 'Which secrets are set.' },
    api.SecretList,
    secretsOf,
  ),
  guardedWithBody(
    {
      method: 'PUT',
      path: secret,
      action: 'secrets.manage',
      summary: 'Sets a secret. It is sealed at rest, and nobody can read it back.',
    },
    api.SecretValue,
    null,
    setSecret,
  ),
  guarded(
    { method: 'DELETE', path: secret, action: 'secrets.manage', summary: 'Takes a secret away.' },
    null,
    dropSecret,
  ),
]
