/** How large what we write becomes. */
import { describe, expect, it } from 'vitest'
import { Instructions, MOST_HEARD, type Prompt } from '../../core/call/instructions.ts'
import { carrierNames } from '../../worker/channels/voice/carrier.ts'
import { carriers } from '../../worker/channels/voice/carriers.ts'
import { pieces } from '../../worker/channels/voice/pieces.ts'
import { errand } from '../support/voice/instructions.ts'
import { everything, readXml } from '../support/voice/xml.ts'

const say = (text: string, language = 'en'): Prompt => ({ do: 'say', text, language })
const sentence = '请您稍候，我们的客服代表很快就会为您服务。'

describe('a long text', () => {
  it.each([
    ['sentences', sentence.repeat(60)],
    ['one sentence', '请'.repeat(2_000)],
    ['words', 'Please wait a moment. '.repeat(136)],
    ['faces', '👩‍👩‍👧‍👦'.repeat(250)],
  ])('VO10 of %s is said in pieces, none too long and nothing left out', (_, text) => {
    const all = pieces(text)
    expect(all.join('')).toBe(text)
    expect(all.length).toBeGreaterThan(0)
    for (const piece of all) expect(encodeURIComponent(piece).length).toBeLessThanOrEqual(4_500)
  })

  it('VO10 is divided between sentences where it can be', () => {
    const all = pieces(sentence.repeat(60))
    expect(all.length).toBeGreaterThan(1)
    for (const piece of all) expect(piece.replaceAll(sentence, '')).toBe('')
  })

  it('VO10 is several verbs of one language', () => {
    const instructions = Instructions.parse({ prompts: [say(sentence.repeat(60), 'zh')], end: { do: 'hangup' } })
    const verbs = everything(readXml(carriers.twilio.write(instructions, errand()).body)).filter(
      ({ name }) => name === 'Say',
    )
    expect(verbs.length).toBeGreaterThan(1)
    expect(verbs.map(({ text }) => text).join('')).toBe(sentence.repeat(60))
    expect(new Set(verbs.map(({ attributes }) => attributes['language']))).toEqual(new Set(['zh-CN']))
  })
})

describe('the largest instructions', () => {
  it.each(carrierNames)('VO10 are a document that %s takes', (name) => {
    // What takes the most bytes, once escaped.
    const most = [say("'".repeat(3_000)), say('"'.repeat(3_000)), say('&'.repeat(2_000))]
    const instructions = Instructions.parse({ end: { do: 'listen', prompts: most, digits: { most: 1 }, seconds: 5 } })
    const { body } = carriers[name].write(instructions, errand())
    expect(new TextEncoder().encode(body).length).toBeLessThan(64_000)
  })

  it('VO10 are not exceeded', () => {
    const prompts = [say('a'.repeat(3_000)), say('b'.repeat(3_000)), say('c'.repeat(MOST_HEARD - 5_999))]
    const parsed = Instructions.safeParse({ prompts, end: { do: 'hangup' } })
    expect(parsed.error?.issues[0]?.path).toEqual(['prompts'])
  })
})
