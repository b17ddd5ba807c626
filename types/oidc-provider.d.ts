// The little of oidc-provider that a test uses; the package brings no types.
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  export default class Provider {
    constructor(
      issuer: string,
      options: {
        clients: { client_id: string; client_secret: string; redirect_uris: string[] }[]
        pkce: { required: () => boolean }
        claims: Record<string, string[]>
        findAccount(context: unknown, id: string): { accountId: string; claims(): object }
      },
    )
    callback(): RequestListener
  }
}
