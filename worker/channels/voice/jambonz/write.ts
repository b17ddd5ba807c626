/** Our instructions as jambonz verbs: https://docs.jambonz.org/verbs. Voices and recognisers are those of its application. */
import type { EndingOf, Instructions, Prompt, Target } from '../../../../core/call/instructions.ts'
import type { Document, Errand, Hook } from '../carrier.ts'
import { spoken } from '../language.ts'

/** Left alone it never asks again: see `http-requestor.js` of jambonz-feature-server. */
const retries = '#rc=2&rp=ct,rt,5xx'

type Verb = Readonly<Record<string, unknown>>

export function writeVerbs({ prompts, end }: Instructions, errand: Errand): Document {
  const pen = new Pen(errand)
  const verbs = [...prompts.map((prompt) => pen.prompt(prompt)), ...pen.end(end)]
  return { type: 'application/json', body: JSON.stringify(verbs) }
}

/** The address with what jambonz is to do when it is not answered. */
export const withRetries = (address: string) => address + retries

class Pen {
  private readonly errand: Errand

  constructor(errand: Errand) {
    this.errand = errand
  }

  prompt(prompt: Prompt): Verb {
    switch (prompt.do) {
      case 'say': {
        const { text, language, voice } = prompt
        const synthesizer = { vendor: 'default', language: spoken(language), ...(voice && { voice }) }
        return { verb: 'say', text, synthesizer }
      }
      case 'play':
        return { verb: 'play', url: prompt.url, ...(prompt.times > 1 && { loop: prompt.times }) }
      case 'pause':
        return { verb: 'pause', length: prompt.seconds }
    }
  }

  end(end: Instructions['end']): Verb[] {
    switch (end.do) {
      case 'ask':
        return [{ verb: 'redirect', actionHook: this.step('ask') }]
      case 'listen':
        return this.listen(end)
      case 'join':
        return [this.join(end)]
      case 'dial':
        return [this.dial(end)]
      case 'hangup':
        return [{ verb: 'hangup' }]
      case 'reject':
        return [{ verb: 'sip:decline', status: end.as === 'busy' ? 486 : 603 }]
      case 'record':
        throw new TypeError('jambonz hands recordings to a WebSocket only')
    }
  }

  /** One prompt can be interrupted, the last; those before it are heard out. It comes back also when it heard nothing. */
  private listen({ prompts, digits, speech, seconds }: EndingOf<'listen'>): Verb[] {
    const last = prompts.at(-1)
    const inner = last === undefined || last.do === 'pause' ? undefined : last
    const before = inner === undefined ? prompts : prompts.slice(0, -1)
    const gather = {
      verb: 'gather',
      actionHook: this.step('listen'),
      input: [...(digits ? ['digits'] : []), ...(speech ? ['speech'] : [])],
      timeout: seconds,
      ...(digits && { minDigits: 1, maxDigits: digits.most, dtmfBargein: true }),
      ...(digits?.finish && { finishOnKey: digits.finish }),
      ...(speech && {
        bargein: true,
        recognizer: { vendor: 'default', language: spoken(speech.language), hints: speech.hints },
      }),
      ...(inner && { [inner.do]: this.prompt(inner) }),
    }
    return [...before.map((prompt) => this.prompt(prompt)), gather]
  }

  /** Agents carry their leg as a tag, so that a coach speaks to that one alone. */
  private join({ room, part }: EndingOf<'join'>): Verb {
    return {
      verb: 'conference',
      name: room,
      beep: false,
      startConferenceOnEnter: part.as === 'agent',
      endConferenceOnExit: false,
      ...(part.as === 'agent' && { memberTag: this.errand.leg }),
      ...(part.as === 'coach' && { speakOnlyTo: part.of }),
      ...(part.as === 'listener' && { joinMuted: true }),
      actionHook: this.step('join'),
      statusHook: this.address({ for: 'room', room }),
      statusEvents: ['join', 'leave'],
    }
  }

  private dial({ to, from, seconds }: EndingOf<'dial'>): Verb {
    const target = to.map(targetOf)
    return { verb: 'dial', actionHook: this.step('dial'), target, timeout: seconds, ...(from && { callerId: from }) }
  }

  private step(after: EndingOf<'ask' | 'listen' | 'join' | 'dial'>['do']): string {
    return this.address({ for: 'step', leg: this.errand.leg, step: this.errand.next, after })
  }

  private address(hook: Hook): string {
    return withRetries(this.errand.address(hook))
  }
}

function targetOf(target: Target): Verb {
  switch (target.is) {
    case 'number':
      return { type: 'phone', number: target.number }
    case 'sip':
      return { type: 'sip', sipUri: target.uri }
    case 'client':
      return { type: 'user', name: target.name }
  }
}
