/**
 * Signing in at the organisation's own identity provider: OpenID Connect, authorization code with PKCE, state and nonce.
 * `GET /sign-in/oidc/<organisation>` leads there, `…/callback` comes back. Whoever comes must be staff already, known by a
 * verified e-mail address. What goes wrong leads back to the sign-in form, which says so.
 */
import { jwtVerify, SignJWT } from 'jose'
import * as oauth from 'oauth4webapi'
import * as z from 'zod/mini'
import { describeError } from '../../core/describe-error.ts'
import { asId, type OrgId } from '../../core/ids.ts'
import type { OidcPolicy, SessionPolicy } from '../../core/protocol/policies.ts'
import { database } from '../db/client.ts'
import { readSecret } from '../db/secrets.ts'
import { staffByEmail } from '../db/staff.ts'
import type { Env } from '../env.ts'
import { isOrganisation } from '../from-book.ts'
import { log } from '../log.ts'
import { type Outgoing, outbound } from '../outbound.ts'
import { problem } from '../problems.ts'
import { admitMember } from './admission.ts'
import { deriveKey } from './keys.ts'
import { addressOf, Counter } from './limits.ts'
import { sessionPolicy } from './policy.ts'

const cookieName = '__Host-parley_oidc'
const lifeSeconds = 600

/** What has to be remembered between going and coming back; signed, and in the browser that went. */
const Journey = z.object({ org: z.string(), state: z.string(), nonce: z.string(), verifier: z.string() })
type Journey = z.infer<typeof Journey>

/** Serves everything under /sign-in. */
export async function oidc(request: Request, env: Env): Promise<Response> {
  const { pathname } = new URL(request.url)
  const [, org, callback] = /^\/sign-in\/oidc\/([a-z0-9-]{1,63})(\/callback)?$/.exec(pathname) ?? []
  if (request.method !== 'GET' || org === undefined)
    return problem({ code: 'not_found', message: 'There is nothing at this address.' })
  try {
    if (!(await isOrganisation(env, org))) return back('none')
    // Before anybody else is asked anything in the name of this one.
    const tries = await Counter.of(env, 'stranger', ['oidc', addressOf(request)], asId<OrgId>(org))
    if ((await tries.take()) > 0) return back('tooMany')
    const policy = await sessionPolicy(env, asId<OrgId>(org))
    if (policy.oidc === undefined) return back('none')
    return callback === undefined
      ? await leave(env, org, await wayTo(request, env, org, policy.oidc))
      : await arrive(request, env, org, { ...policy, oidc: policy.oidc })
  } catch (error) {
    log('error', 'oidc_failed', { org, error: describeError(error) })
    return back('failed')
  }
}

/** The provider as it describes itself, and who we are to it. */
interface Way {
  readonly server: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly secret: string | undefined
  readonly redirect: string
  readonly options: {
    [oauth.customFetch]: (url: string, request: Outgoing) => Promise<Response>
    [oauth.allowInsecureRequests]: boolean
  }
}

async function wayTo(request: Request, env: Env, org: string, { issuer, clientId }: OidcPolicy): Promise<Way> {
  // Through the one way out: it refuses what is not https, but for the ports of this machine that a test has named.
  const ask = (url: string, request: Outgoing) => outbound(env, url, request)
  const options = { [oauth.customFetch]: ask, [oauth.allowInsecureRequests]: env.PARLEY_LOOPBACK !== undefined }
  const url = new URL(issuer)
  const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options))
  const secret = await readSecret(env, database(env.DB), { org, name: 'oidc' })
  const redirect = `${new URL(request.url).origin}/sign-in/oidc/${org}/callback`
  return { server, client: { client_id: clientId }, secret, redirect, options }
}

/** To the provider. */
async function leave(env: Env, org: string, { server, client, redirect }: Way): Promise<Response> {
  if (server.authorization_endpoint === undefined) return back('failed')
  const journey = {
    org,
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  }
  const url = new URL(server.authorization_endpoint)
  const parameters = {
    client_id: client.client_id,
    response_type: 'code',
    scope: 'openid email',
    redirect_uri: redirect,
    state: journey.state,
    nonce: journey.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(journey.verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return redirectTo(url.href, [cookie(await sign(env, journey), lifeSeconds)])
}

type WithProvider = SessionPolicy & { readonly oidc: OidcPolicy }

/** Back from the provider: whoever it vouches for is signed in, if that is one of the organisation's staff. */
async function arrive(request: Request, env: Env, org: string, policy: WithProvider): Promise<Response> {
  const journey = await read(env, request)
  if (journey?.org !== org) return back('failed')
  const email = await vouchedFor(new URL(request.url), journey, await wayTo(request, env, org, policy.oidc))
  if (email === undefined) return back('unverified')
  const db = database(env.DB)
  const member = await staffByEmail(db, email)
  if (member?.org !== org) return back('stranger')
  const cookies = await admitMember(env, db, request, { ...member, policy, mustEnrol: false }, Date.now())
  return redirectTo('/', [...cookies, cookie('', 0)])
}

/** The verified e-mail address for which the provider vouches; throws when anything about its answer is wrong. */
async function vouchedFor(url: URL, { state, nonce, verifier }: Journey, way: Way): Promise<string | undefined> {
  const { server, client, secret, redirect, options } = way
  const parameters = oauth.validateAuthResponse(server, client, url, state)
  const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const withSecret = ways.includes('client_secret_basic') ? oauth.ClientSecretBasic : oauth.ClientSecretPost
  const auth = secret === undefined ? oauth.None() : withSecret(secret)
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    auth,
    parameters,
    redirect,
    verifier,
    options,
  )
  const expected = { expectedNonce: nonce, requireIdToken: true }
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, expected)
  await oauth.validateApplicationLevelSignature(server, answer, options)
  const claims = oauth.getValidatedIdTokenClaims(tokens)
  if (claims === undefined) return undefined
  const known = verifiedEmail(claims)
  if (known !== undefined || server.userinfo_endpoint === undefined) return known
  // Many providers put the address there and not into the token.
  const asked = await oauth.userInfoRequest(server, client, tokens.access_token, options)
  return verifiedEmail(await oauth.processUserInfoResponse(server, client, claims.sub, asked))
}

const verifiedEmail = ({ email, email_verified }: oauth.IDToken | oauth.UserInfoResponse) =>
  typeof email === 'string' && email_verified === true ? lowerCase(email.trim()) : undefined

/** Of A to Z alone: there are other letters, as the sign for Kelvin, whose small form is one of ours, in another's address. */
const lowerCase = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

async function sign(env: Env, journey: Journey): Promise<string> {
  const token = new SignJWT({ ...journey }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(`${lifeSeconds}s`)
  return token.sign(await deriveKey(env.PARLEY_SECRET, 'oidc'))
}

async function read(env: Env, request: Request): Promise<Journey | undefined> {
  const pairs = (request.headers.get('cookie') ?? '').split(/; */)
  const token = pairs.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1) ?? ''
  try {
    const { payload } = await jwtVerify(token, await deriveKey(env.PARLEY_SECRET, 'oidc'), { algorithms: ['HS256'] })
    return Journey.parse(payload)
  } catch {
    return undefined
  }
}

const cookie = (value: string, seconds: number) =>
  `${cookieName}=${value}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=${seconds}`

/** Why somebody stands before the form again; it has words for each. */
type Trouble = 'none' | 'failed' | 'unverified' | 'stranger' | 'tooMany'

const back = (trouble: Trouble) => redirectTo(`/?sign-in=${trouble}`, [cookie('', 0)])

function redirectTo(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  for (const one of cookies) headers.append('set-cookie', one)
  return new Response(null, { status: 303, headers })
}
