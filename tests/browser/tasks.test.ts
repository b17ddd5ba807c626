/** The twenty daily tasks of docs/tasks.md: each is done, and its clicks and keys are counted. */
import { readFileSync } from 'node:fs'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Agent } from './kit/agent.ts'
import { makeConfig } from './kit/companies.ts'
import { Hand } from './kit/hand.ts'
import { Stage, startBrowser } from './kit/stage.ts'
import { write } from './kit/writing.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

interface Row {
  readonly task: string
  readonly here: number
  readonly chatwoot: number
}
/** The page's table, row by row. */
const told: readonly Row[] = readFileSync('docs/tasks.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, task = '', here, , chatwoot] = line.split('|').map((cell) => cell.trim())
    return Number(number) > 0 ? [{ task, here: Number(here), chatwoot: Number(chatwoot) }] : []
  })

const usual = makeConfig()
const config = {
  ...usual,
  agents: { ...usual.agents, sia: { name: 'Sia Novak', queues: [] } },
  queues: { desk: { name: 'Desk' }, repairs: { name: 'Repairs' } },
  tags: { urgent: { name: 'Urgent' } },
  cannedReplies: { hello: { shortcut: 'hello', text: 'Good morning, what can we do for you?' } },
}

/** Does a task by hand, sees that it is done, and says how much it took. */
async function counted(hand: Hand, work: () => Promise<unknown>, done: () => Promise<unknown>): Promise<number> {
  await hand.begin()
  await work()
  const { count } = hand
  await done()
  return count
}

const gone = (part: Locator) => part.waitFor({ state: 'detached' })

test('SS7: twenty daily tasks take as many clicks and keys as the page says, and no more than in Chatwoot', async () => {
  await using stage = await Stage.set(browser, 'w99', { config })
  const agent = await stage.agent('ada')
  await agent.setPresence('away')
  const supervisor = await stage.agent('sia')
  const hand = new Hand(agent.page)
  const counts = [...(await inConversations(stage, agent, hand)), ...(await aroundThem(agent, hand))]
  const other = new Hand(supervisor.page)
  counts.push(
    await counted(
      other,
      () => other.press('g', 'r'),
      () => supervisor.sees('reports'),
    ),
  )
  expect(told.map(({ task }, n) => [task, counts[n]])).toEqual(told.map(({ task, here }) => [task, here]))
  expect(counts).toHaveLength(20)
  for (const { task, here, chatwoot } of told) expect(here, task).toBeLessThanOrEqual(chatwoot)
})

async function inConversations(stage: Stage, agent: Agent, hand: Hand): Promise<number[]> {
  const { page } = agent
  const shows = (conversation: string) => page.locator(`article[data-conversation="${conversation}"]`).waitFor()
  const said = (text: string) => page.locator('[data-testid="entry"][data-state="sent"]', { hasText: text }).waitFor()
  const counts = [
    await counted(
      hand,
      () => hand.press('g', 'a'),
      () => agent.presence('available'),
    ),
  ]
  const count = async (work: () => Promise<unknown>, done: () => Promise<unknown>) => {
    counts.push(await counted(hand, work, done))
  }
  const first = (await write(stage.company, 'Where is my tent?')).conversation
  await agent.rung()
  await count(
    () => hand.press('a'),
    () => agent.owns(first).then(() => agent.sees('composer')),
  )
  await count(
    async () => {
      await hand.press('r')
      await hand.write('On its way')
      await hand.press('Enter')
    },
    () => said('On its way'),
  )
  await count(
    async () => {
      await hand.press('n')
      await hand.write('Asked the warehouse')
      await hand.press('Enter')
    },
    () => said('Asked the warehouse'),
  )
  await count(
    async () => {
      await hand.press('r', '/')
      await hand.write('hello')
      await agent.sees('replies')
      await hand.press('Enter', 'Enter')
    },
    () => said('Good morning, what can we do for you?'),
  )
  const about = agent.part('about')
  await count(
    async () => {
      await hand.click(about.locator('> summary'))
      await hand.click(about.getByLabel('Urgent'))
    },
    () => about.locator('summary .pill', { hasText: 'Urgent' }).waitFor(),
  )
  const chooser = page.waitForEvent('filechooser')
  await count(
    () => hand.click(page.locator('label:has([data-testid="attach"])')),
    () => chooser,
  )

  const second = (await write(stage.company, 'And my stove?')).conversation
  await agent.accept()
  await agent.open(first)
  await count(
    () => hand.press('j'),
    () => shows(second),
  )
  await count(
    () => hand.press('k'),
    () => shows(first),
  )
  await count(
    () => hand.press('z', 'Enter'),
    () => agent.sees('laid-aside', `[data-conversation="${first}"]`),
  )
  await count(
    () => hand.click(agent.part('wake')),
    () => gone(agent.part('laid-aside', `[data-conversation="${first}"]`)),
  )
  await agent.accept()
  await count(
    async () => {
      await hand.press('t')
      await hand.write('Repairs')
      await hand.press('Enter')
    },
    () => gone(agent.part('item', `[data-conversation="${first}"]`)),
  )
  await agent.open(second)
  await count(
    () => hand.press('e', 'Enter'),
    () => gone(agent.part('item', `[data-conversation="${second}"]`)),
  )
  const third = (await write(stage.company, 'Hello?')).conversation
  await agent.accept()
  const fourth = (await write(stage.company, 'Anybody?')).conversation
  await agent.accept()
  await agent.open(third)
  await count(
    () => hand.press('e', 'Enter', 'j'),
    () => shows(fourth),
  )
  return counts
}

async function aroundThem(agent: Agent, hand: Hand): Promise<number[]> {
  const { page } = agent
  const settings = page.locator('[name="theme"]').first()
  const counts: number[] = []
  const count = async (work: () => Promise<unknown>, done: () => Promise<unknown>) => {
    counts.push(await counted(hand, work, done))
  }
  await count(
    () => hand.press('Control+k'),
    () => agent.sees('palette'),
  )
  await page.keyboard.press('Escape')
  await agent.seesNo('palette')
  await count(
    () => hand.press('?'),
    () => page.locator('dialog[open]').waitFor(),
  )
  await page.keyboard.press('Escape')
  await gone(page.locator('dialog[open]'))
  await count(
    () => hand.press('g', 's'),
    () => settings.waitFor({ state: 'attached' }),
  )
  await page.goBack()
  await agent.sees('item')
  await count(
    async () => {
      await hand.press('g', 's')
      await hand.click(page.locator('.seg label', { hasText: 'Dark' }))
    },
    () => page.locator('html[data-theme="dark"]').waitFor(),
  )
  await count(
    () => hand.press('g', 'i'),
    () => agent.sees('item'),
  )
  return counts
}
