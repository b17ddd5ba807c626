/** What we write against what Twilio's own library writes, and its signatures against ours. */
import fc from 'fast-check'
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js'
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import { describe, expect, it } from 'vitest'
import type { EndingOf, Instructions, Prompt } from '../../core/call/instructions.ts'
import type { Errand, Incoming } from '../../worker/channels/voice/carrier.ts'
import { twilio as carrier } from '../../worker/channels/voice/twiml/profiles.ts'
import { errand, instructions, LEG } from '../support/voice/instructions.ts'
import { readXml } from '../support/voice/xml.ts'

interface Names {
  readonly said: NonNullable<VoiceResponse.SayAttributes['language']>
  readonly heard: NonNullable<VoiceResponse.GatherAttributes['language']>
}

/** By which names Twilio's voices and its recogniser know the languages. */
const languages: Record<string, Names> = {
  en: { said: 'en-US', heard: 'en-US' },
  de: { said: 'de-DE', heard: 'de-DE' },
  zh: { said: 'zh-CN', heard: 'cmn-Hans-CN' },
  'zh-Hant': { said: 'zh-TW', heard: 'cmn-Hant-TW' },
  'zh-HK': { said: 'zh-HK', heard: 'yue-Hant-HK' },
  'pt-BR': { said: 'pt-BR', heard: 'pt-BR' },
  ja: { said: 'ja-JP', heard: 'ja-JP' },
}

function named(language: string) {
  const names = languages[language]
  if (names === undefined) throw new Error(`${language} is missing here`)
  return names
}

type Speaker = Pick<VoiceResponse.Gather, 'say' | 'play' | 'pause'>

/** The same instructions by Twilio's library, whose types know each verb's attributes. */
class Library {
  readonly response = new VoiceResponse()
  private readonly errand: Errand

  constructor({ prompts, end }: Instructions, given: Errand) {
    this.errand = given
    for (const prompt of prompts) this.prompt(this.response, prompt)
    switch (end.do) {
      case 'ask':
        this.response.redirect(this.step('ask'))
        break
      case 'listen':
        this.listen(end)
        break
      case 'join':
        this.join(end)
        break
      case 'dial':
        this.dial(end)
        break
      case 'record':
        this.record(end)
        break
      case 'hangup':
        this.response.hangup()
        break
      case 'reject':
        this.response.reject({ reason: end.as })
    }
  }

  private prompt(speaker: Speaker, prompt: Prompt): void {
    if (prompt.do === 'say') speaker.say({ language: named(prompt.language).said }, prompt.text)
    if (prompt.do === 'play') speaker.play(prompt.times > 1 ? { loop: prompt.times } : {}, prompt.url)
    if (prompt.do === 'pause') speaker.pause({ length: prompt.seconds })
  }

  private listen({ prompts, digits, speech, seconds }: EndingOf<'listen'>): void {
    const gather = this.response.gather({
      action: this.step('listen'),
      timeout: seconds,
      ...(digits && { input: ['dtmf'], numDigits: digits.most, finishOnKey: digits.finish ?? '' }),
      ...(speech && { input: ['speech'], language: named(speech.language).heard, speechTimeout: 'auto' }),
      ...(speech?.hints.length && { hints: speech.hints.join(', ') }),
    })
    for (const prompt of prompts) this.prompt(gather, prompt)
    this.response.redirect(this.step('listen'))
  }

  private join({ room, part, record }: EndingOf<'join'>): void {
    this.response.dial({ action: this.step('join') }).conference(
      {
        beep: 'false',
        startConferenceOnEnter: part.as === 'agent',
        endConferenceOnExit: false,
        ...(part.as === 'listener' && { muted: true }),
        ...(part.as === 'coach' && { coach: part.of }),
        waitUrl: '',
        statusCallback: this.address({ for: 'room', room }),
        statusCallbackEvent: ['join', 'leave'],
        ...(record && { record: 'record-from-start', ...this.recording() }),
      },
      room,
    )
  }

  private dial({ to, from, seconds, record }: EndingOf<'dial'>): void {
    const dial = this.response.dial({
      action: this.step('dial'),
      timeout: seconds,
      ...(from && { callerId: from }),
      ...(record && { record: 'record-from-answer-dual', ...this.recording() }),
    })
    for (const target of to) {
      const status = this.address({ for: 'status' })
      if (target.is === 'number')
        dial.number(
          { statusCallback: status, statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'] },
          target.number,
        )
      if (target.is === 'sip')
        dial.sip(
          { statusCallback: status, statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'] },
          target.uri,
        )
      if (target.is === 'client')
        dial.client(
          { statusCallback: status, statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'] },
          target.name,
        )
    }
  }

  private record({ most, silence, finish, beep }: EndingOf<'record'>): void {
    const attributes = { maxLength: most, timeout: silence, finishOnKey: finish ?? '', playBeep: beep }
    this.response.record({ action: this.step('record'), ...attributes, ...this.recording() })
    this.response.redirect(this.step('record'))
  }

  private recording(): {
    recordingStatusCallback: string
    recordingStatusCallbackEvent: ('in-progress' | 'completed' | 'absent')[]
  } {
    const recordingStatusCallback = this.address({ for: 'recording', leg: LEG })
    return { recordingStatusCallback, recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'] }
  }

  private step(after: 'ask' | 'listen' | 'join' | 'dial' | 'record'): string {
    return this.address({ for: 'step', leg: LEG, step: this.errand.next, after })
  }

  private address(hook: Parameters<Errand['address']>[0]): string {
    return `${this.errand.address(hook)}#rc=2&rp=5xx,ct,rt&rt=4000&tt=12000`
  }
}

/** Texts that XML can hold: what it cannot, we leave out and the library does not. */
const isWritable = (some: Instructions) => !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/.test(JSON.stringify(some))

describe("Twilio's library", () => {
  it('VO9 writes the same document for the same instructions', () => {
    fc.assert(
      fc.property(instructions.filter(isWritable), (some) => {
        const ours = readXml(carrier.write(some, errand(5)).body)
        expect(ours).toEqual(readXml(new Library(some, errand(5)).response.toString()))
      }),
      { numRuns: 300 },
    )
  })

  const word = fc.string({ unit: 'grapheme', maxLength: 12 })
  const params = fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,12}$/), word, { minKeys: 1, maxKeys: 6 })
  const address = fc
    .tuple(
      fc.constantFrom('https://parley.example', 'http://parley.example:8787', 'https://a:b@parley.example:8443'),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), word, { maxKeys: 3 }),
    )
    .map(([origin, query]) => `${origin}/channels/voice?${new URLSearchParams(query)}`)

  it('VO9 signs what we take, and takes what we take', async () => {
    await fc.assert(
      fc.asyncProperty(address, params, fc.boolean(), async (url, told, isRight) => {
        const signature = getExpectedTwilioSignature(isRight ? '12345' : '1234', url, told)
        const incoming: Incoming = {
          url,
          headers: new Headers({
            'x-twilio-signature': signature,
            'content-type': 'application/x-www-form-urlencoded',
          }),
          body: new Uint8Array(new TextEncoder().encode(`${new URLSearchParams(told)}`)),
        }
        const theirs = validateRequest('12345', signature, url, told)
        expect(await carrier.verify(incoming, ['12345'], 0)).toBe(theirs)
      }),
      { numRuns: 200 },
    )
  })
})
