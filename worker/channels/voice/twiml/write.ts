/** Our instructions as TwiML: https://www.twilio.com/docs/voice/twiml. Where `method` is not named it is POST, by all these carriers. */
import type { EndingOf, Instructions, Prompt, Target } from '../../../../core/call/instructions.ts'
import type { Document, Errand, Hook } from '../carrier.ts'
import { recognised, spoken } from '../language.ts'
import { pieces } from '../pieces.ts'
import type { Profile } from './profiles.ts'
import { element, text, writable } from './xml.ts'

export function writeTwiml({ prompts, end }: Instructions, errand: Errand, profile: Profile): Document {
  const pen = new Pen(errand, profile)
  const verbs = [...prompts.map((prompt) => pen.prompt(prompt)), ...pen.end(end)]
  const body = `<?xml version="1.0" encoding="UTF-8"?>${element('Response', {}, ...verbs)}`
  return { type: 'text/xml; charset=utf-8', body }
}

class Pen {
  private readonly errand: Errand
  private readonly profile: Profile

  constructor(errand: Errand, profile: Profile) {
    this.errand = errand
    this.profile = profile
  }

  prompt(prompt: Prompt): string {
    switch (prompt.do) {
      case 'say':
        return this.say(prompt)
      case 'play':
        return element('Play', prompt.times === 1 ? {} : { loop: prompt.times }, text(prompt.url))
      case 'pause':
        return element('Pause', { length: prompt.seconds })
    }
  }

  private say({ text: words, language, voice }: Extract<Prompt, { do: 'say' }>): string {
    const verbs = pieces(writable(words)).map((piece) =>
      element('Say', { language: spoken(language), voice }, text(piece)),
    )
    return verbs.join('')
  }

  end(end: Instructions['end']): string[] {
    switch (end.do) {
      case 'ask':
        return [this.comeBack('ask')]
      case 'listen':
        return [this.listen(end), this.comeBack('listen')]
      case 'join':
        return [this.join(end)]
      case 'dial':
        return [this.dial(end)]
      case 'record':
        return [this.record(end), this.comeBack('record')]
      case 'hangup':
        return [element('Hangup', {})]
      case 'reject':
        return [element('Reject', { reason: end.as })]
    }
  }

  /** What a leg does that heard nothing, or was not heard: no verb then asks by itself. */
  private comeBack(after: EndingOf<'ask' | 'listen' | 'record'>['do']): string {
    return element('Redirect', {}, text(this.step(after)))
  }

  private listen({ prompts, digits, speech, seconds }: EndingOf<'listen'>): string {
    const input = [digits && 'dtmf', speech && 'speech'].filter((kind) => kind !== undefined).join(' ')
    const attributes = {
      action: this.step('listen'),
      input,
      timeout: seconds,
      numDigits: digits?.most,
      finishOnKey: digits === undefined ? undefined : (digits.finish ?? ''),
      language: speech && recognised(speech.language),
      hints: speech?.hints.length ? speech.hints.join(', ') : undefined,
      speechTimeout: speech && this.profile.speechTimeout,
    }
    return element('Gather', attributes, ...prompts.map((prompt) => this.prompt(prompt)))
  }

  /** Nobody's leaving closes the room, and nobody hears the carrier's own music. */
  private join({ room, part, record }: EndingOf<'join'>): string {
    const conference = element(
      'Conference',
      {
        beep: false,
        startConferenceOnEnter: part.as === 'agent',
        endConferenceOnExit: false,
        muted: part.as === 'listener' ? true : undefined,
        coach: part.as === 'coach' ? part.of : undefined,
        waitUrl: '',
        statusCallback: this.address({ for: 'room', room }),
        statusCallbackEvent: 'join leave',
        ...(record && { record: 'record-from-start', ...this.recording() }),
      },
      text(room),
    )
    return element('Dial', { action: this.step('join') }, conference)
  }

  private dial({ to, from, seconds, record }: EndingOf<'dial'>): string {
    const attributes = {
      action: this.step('dial'),
      callerId: from,
      timeout: seconds,
      ...(record && { record: 'record-from-answer-dual', ...this.recording() }),
    }
    return element('Dial', attributes, ...to.map((target) => this.target(target)))
  }

  private target(target: Target): string {
    const status = {
      statusCallback: this.address({ for: 'status' }),
      statusCallbackEvent: 'initiated ringing answered completed',
    }
    switch (target.is) {
      case 'number':
        return element('Number', status, text(target.number))
      case 'sip':
        return element('Sip', status, text(target.uri))
      case 'client':
        return element('Client', status, text(target.name))
    }
  }

  private record({ most, silence, finish, beep }: EndingOf<'record'>): string {
    const attributes = {
      action: this.step('record'),
      maxLength: most,
      timeout: silence,
      finishOnKey: finish ?? '',
      playBeep: beep,
    }
    return element('Record', { ...attributes, ...this.recording() })
  }

  private recording() {
    return {
      recordingStatusCallback: this.address({ for: 'recording', leg: this.errand.leg }),
      recordingStatusCallbackEvent: 'in-progress completed absent',
    }
  }

  private step(after: EndingOf<'ask' | 'listen' | 'join' | 'dial' | 'record'>['do']): string {
    return this.address({ for: 'step', leg: this.errand.leg, step: this.errand.next, after })
  }

  private address(hook: Hook): string {
    return this.errand.address(hook) + this.profile.retries
  }
}
