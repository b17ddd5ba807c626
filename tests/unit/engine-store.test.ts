/** The Store that the tests without workerd stand on is one. */
import { storeContract } from '../simulation/ports/store-contract.ts'
import { MemoryStore } from '../support/store.ts'

storeContract('the tests', (work) => {
  const store = new MemoryStore()
  work(store)
  store.close()
})
