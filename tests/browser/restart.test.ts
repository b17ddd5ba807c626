/** The server is killed in mid-talk. It has a server of its own, because others would feel it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Product } from './kit/product.ts'
import { Stage, startBrowser } from './kit/stage.ts'

const dir = mkdtempSync(join(tmpdir(), 'parley-restart-'))
let browser: Browser
let product: Product
beforeAll(async () => {
  ;[browser, product] = await Promise.all([startBrowser(), Product.start(dir, inject('product').prepared)])
})
afterAll(async () => {
  await Promise.all([browser?.close(), product?.stop()])
  rmSync(dir, { recursive: true, force: true })
})

test('W11: the server is killed and restarted in the middle, and the talk goes on without a reload', async () => {
  await using stage = await Stage.set(browser, 'w11', { where: product })
  const { customer, agent, conversation } = await stage.talk()
  await agent.say('before')
  await customer.shows(['hello', 'before'])
  await Promise.all([customer.watchForReload(), agent.watchForReload()])

  // Some of it may be on its way when the server dies.
  await Promise.all([customer.say('one', 'two'), agent.say('three')])
  await product.kill()
  expect(product.running()).toEqual([])
  await Promise.all([customer.noticesLoss(), agent.noticesLoss()])
  await customer.say('while it was down', 'and down')
  await agent.say('down here too')
  await product.restart()

  await Promise.all([customer.link('live'), agent.link('live')])
  await customer.say('after')
  await agent.say('after')
  await stage.agree(conversation, [customer, agent], {
    customer: ['hello', 'one', 'two', 'while it was down', 'and down', 'after'],
    agent: ['before', 'three', 'down here too', 'after'],
  })
  await agent.owns(conversation)
  expect(await Promise.all([customer.wasNotReloaded(), agent.wasNotReloaded()])).toEqual([true, true])
})
