/** Loaded into each command that the contract tests run: what it asks a server is held against that one's reference. */
import { described, heldFetch } from '../support/held-fetch.ts'

const plain = globalThis.fetch

globalThis.fetch = (input, request) => {
  const address = String(input)
  const isApi = URL.canParse(address) && described.test(new URL(address).pathname)
  return isApi ? heldFetch(address, request) : plain(input, request)
}
