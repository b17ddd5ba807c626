/// <reference path="../../types/oidc-provider.d.ts" />
/** A real identity provider on a port of this machine, with the forms that it brings along for trying it out. */
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

/** What a provider says of somebody, by what they type in as their login. */
export type Accounts = Readonly<Record<string, { readonly email: string; readonly email_verified: boolean }>>

/** The secret that it shares with Parley. */
export const clientSecret = 'a client secret of thirty-two letters'
export const clientId = 'parley'

export interface RunningProvider {
  readonly issuer: string
  stop(): void
}

/** Starts one at `port`; `redirects` are where it leads back to. */
export async function startProvider(
  port: number,
  redirects: readonly string[],
  accounts: Accounts,
): Promise<RunningProvider> {
  const issuer = `http://localhost:${port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [...redirects] }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
  })
  const server = createServer(provider.callback()).listen(port, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  return { issuer, stop }
}
