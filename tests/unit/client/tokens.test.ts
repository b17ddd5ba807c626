import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NoToken, Tokens } from '../../../client/widget/tokens.ts'
import { FakeAround, pass } from './around.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function make() {
  const asked: string[] = []
  const tokens = new Tokens(new FakeAround().clock, (message) => {
    if (message.parley === 'token?') asked.push(message.id)
  })
  return { tokens, asked }
}

describe("the shop's word about its user", () => {
  it('is the token, or null where the page has no user', async () => {
    const { tokens, asked } = make()
    const [one, two] = [tokens.ask(), tokens.ask()]
    tokens.take({ id: asked[1], token: null })
    tokens.take({ id: asked[0], token: 'mia' })
    expect([await one, await two]).toEqual(['mia', null])
  })

  it('is not null when there is a user and the shop cannot say who', async () => {
    const { tokens, asked } = make()
    const answer = expect(tokens.ask()).rejects.toBeInstanceOf(NoToken)
    tokens.take({ id: asked[0], token: null, failed: true })
    await answer
  })

  it('is not null either when the page says nothing', async () => {
    const { tokens } = make()
    const answer = expect(tokens.ask()).rejects.toBeInstanceOf(NoToken)
    await pass(20_000)
    await answer
  })
})
