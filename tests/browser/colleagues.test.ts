/** What colleagues see of each other at a conversation, what somebody finds again, and the views that list it. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Agent } from './kit/agent.ts'
import { SOON } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const inView = (agent: Agent, view: string) => agent.part('view', `[data-view="${view}"]`).click()

test.concurrent('CG1 CG2 CG3 CG4: a colleague is named in a note, comes, is seen, and the draft goes on elsewhere', async () => {
  await using stage = await Stage.set(browser, 'w91')
  const [{ customer, agent: ada, conversation }, ben] = await Promise.all([stage.talk(), stage.agent('ben')])
  await inView(ben, 'mentioned')
  await ben.page.getByText('No note names you').waitFor()
  await ada.part('note-toggle').click()
  await ada.part('composer').pressSequentially('Is that right, @Be')
  await ada.part('replies').getByRole('option').first().waitFor()
  await ada.accessible()
  await ada.part('composer').press('Enter')
  await ada.part('composer').press('Enter')
  await ada.part('entry', '[data-type="note"]').getByText('@Ben').first().waitFor()

  // It comes by itself, is new until it was looked at, and leads to the note.
  const mention = ben.part('mention', `[data-conversation="${conversation}"]`)
  await mention.and(ben.page.locator('.unread')).waitFor()
  await mention.click()
  await ben.part('entry', '[data-type="note"].found').waitFor()
  await mention.and(ben.page.locator('.it:not(.unread)')).waitFor()
  await ben.page.reload()
  await ben.part('entry', '[data-type="note"].found').waitFor()
  expect(new URL(ben.page.url()).hash).toContain('view=mentioned')

  // Each sees the other, and what is being written; the customer sees neither.
  await ada.part('colleagues').getByText('Ben').waitFor()
  await ben.part('composer').pressSequentially('It is, **as always**')
  await ada.part('colleagues', ' .who[data-writing="note"]').waitFor()
  const begun = ada.part('draft', '[data-by="ben"][data-kind="note"]')
  await begun.locator('summary').click()
  await begun.getByText('It is, **as always**').waitFor()
  await ben.part('preview').locator('strong', { hasText: 'as always' }).waitFor()
  await ben.accessible()
  expect(await customer.part('transcript').textContent()).not.toMatch(/always|right/)

  // On another device it goes on where it was.
  const elsewhere = await Agent.signIn(await stage.context(), stage.company.origin, stage.company.id, 'ben')
  await inView(elsewhere, 'mentioned')
  await elsewhere.part('mention').first().click()
  await vi.waitFor(async () => expect(await elsewhere.part('composer').inputValue()).toBe('It is, **as always**'), {
    timeout: SOON,
    interval: 50,
  })
  await ben.part('composer').press('Enter')
  await begun.waitFor({ state: 'detached' })
  await ada.part('entry', '[data-type="note"]').locator('strong', { hasText: 'as always' }).waitFor()
})

test.concurrent('VW1 VW2: each view lists what it says, and an empty one what to do', async () => {
  await using stage = await Stage.set(browser, 'w92')
  const { customer, agent, conversation } = await stage.talk()
  const empty = { snoozed: 'Nothing is laid aside', closed: 'You have closed nothing yet', unassigned: 'Nobody waits' }
  for (const [view, text] of Object.entries(empty)) {
    await inView(agent, view)
    await agent.page.locator('.lists').getByText(text).waitFor()
    await agent.accessible()
  }
  await inView(agent, 'mine')
  await agent.sees('item', `[data-conversation="${conversation}"]`)
  await agent.close()
  await inView(agent, 'closed')
  await agent.part('done', `[data-conversation="${conversation}"]`).waitFor()
  await agent.page.reload()
  await agent.part('done', `[data-conversation="${conversation}"]`).waitFor()
  await inView(agent, 'search')
  const name = (await agent.part('status').locator('xpath=preceding-sibling::h2').textContent()) ?? ''
  await agent.part('search').fill(name.slice(0, 3))
  await agent.part('found', `[data-conversation="${conversation}"]`).waitFor()
  await agent.page.reload()
  await agent.part('found', `[data-conversation="${conversation}"]`).waitFor()
  // Nobody is left: the next one waits unassigned, and is there without a reload.
  await inView(agent, 'unassigned')
  await agent.setPresence('away')
  await customer.say('again')
  await agent.part('waiting', `[data-conversation="${conversation}"]`).waitFor()
})
