/** The Store port over an actor's own SQLite keeps the contract of every Store. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import { address, asId } from '../../core/ids.ts'
import { bindStore } from '../../durable-objects/engine/store.ts'
import { storeContract } from '../simulation/ports/store-contract.ts'
import { env } from './env.ts'

let made = 0
const another = () => env.CONVERSATION.getByName(address(asId('store'), 'conversation', asId(`store-${++made}`)))

storeContract('a Durable Object', (work) =>
  runInDurableObject(another(), (_instance, { storage }) => work(bindStore(storage))),
)

it('OB7: the Store of a Durable Object outlives an eviction', async () => {
  const stub = another()
  await runInDurableObject(stub, (_instance, { storage }) => {
    bindStore(storage).exec('CREATE TABLE t (k TEXT)')
    bindStore(storage).transaction(() => bindStore(storage).exec("INSERT INTO t VALUES ('a')"))
  })
  await evictDurableObject(stub)
  const rows = await runInDurableObject(stub, (_instance, { storage }) => bindStore(storage).exec('SELECT * FROM t'))
  expect(rows).toEqual([{ k: 'a' }])
})

it('OB1: the Store of a Durable Object refuses a transaction that waits', () =>
  runInDurableObject(another(), (_instance, { storage }) => {
    const store = bindStore(storage)
    store.exec('CREATE TABLE t (k TEXT)')
    const waiting = async () => {
      store.exec("INSERT INTO t VALUES ('a')")
    }
    expect(() => store.transaction(waiting)).toThrow('must not wait')
    expect(store.exec('SELECT * FROM t')).toEqual([])
  }))
