/** A flow leads a chat, in workerd: BT1 to BT4, RC1. */
import { runDurableObjectAlarm } from 'cloudflare:test'
import { afterEach, expect, it, vi } from 'vitest'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { PublicEntry } from '../../core/protocol/conversation.ts'
import { Company, simple } from './kit/company.ts'
import { settled } from './kit/record.ts'

const minute = 60_000
const led = (question: string): ConfigInput => ({
  ...simple,
  entrances: { chat: 'chat', flows: { chat: 'menu' } },
  flows: {
    menu: {
      name: 'Menu',
      start: 'menu',
      nodes: {
        menu: {
          do: 'menu',
          prompt: 'What is it about?',
          options: [{ id: 'order', label: 'My order', next: 'number' }],
          timeout: minute,
          tries: 1,
          otherwise: 'end',
        },
        number: {
          do: 'collect',
          prompt: question,
          timeout: minute,
          tries: 1,
          expected: { is: 'digits', least: 4 },
          into: 'flow.order',
          next: 'end',
          otherwise: 'end',
        },
        end: { do: 'queue', text: 'One moment.' },
      },
    },
  },
})

afterEach(() => {
  vi.useRealTimers()
})

it('BT1 BT2 BT3 BT4 RC1: asks, is answered by button, goes on after a reconnect, keeps its flow, and passes on when nothing comes', async () => {
  const acme = await Company.found('acme', led('Which order?'))
  const { conversation, line } = await acme.visitor('mia')
  await line.command('post', { text: 'Hello' })
  await line.untilHeard('What is it about?')
  expect(line.view).toMatchObject({ status: 'waiting', bot: true, place: null })
  const entries = line.events.map(({ body }) => PublicEntry.parse(body))
  const question = entries.find(({ body }) => body.type === 'message' && body.choices !== undefined)
  expect(question?.body).toMatchObject({ choices: [{ id: 'order', label: 'My order' }] })
  await acme.publish(led('Something else altogether?'), 'the-second-version')
  line.socket.close(1000)
  await line.closed

  const again = await acme.connect('conversation', conversation, acme.customerOf(conversation, 'mia'))
  await again.hello()
  const chosen = { entry: question?.seq ?? 0, id: 'order' }
  expect(await again.command('post', { text: 'That one', chosen })).toMatchObject({ t: 'reply' })
  await again.untilHeard('Which order?')
  expect(await again.command('post', { text: 'x', chosen: { ...chosen, id: 'none' } })).toMatchObject({
    t: 'refused',
    error: { code: 'bad_input', field: 'chosen' },
  })

  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + minute)
  await runDurableObjectAlarm(acme.conversation(conversation))
  await again.untilHeard('One moment.')
  const ada = await acme.console('ada')
  await ada.accept(conversation)
  await again.until(() => (Object(again.view).status === 'talking' ? true : undefined))
  expect(again.view).not.toHaveProperty('bot')
  expect([line, again].flatMap(({ heard }) => heard).join()).not.toMatch(/bot-ended|Something else/)

  const { segments = [] } = await settled(
    'acme',
    (tables) => tables['segments']?.some(({ kind }) => kind === 'talk') === true,
  )
  expect(segments.find(({ kind }) => kind === 'bot')).toMatchObject({ outcome: 'passed-on' })
})
