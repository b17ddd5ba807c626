/** What every dialect must do alike. Only what its caps deny is left out. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CallEvent } from '../../core/call/events.ts'
import { comesBack, Instructions, type Prompt } from '../../core/call/instructions.ts'
import { type Account, carrierNames, features, type Hook, lacks } from '../../worker/channels/voice/carrier.ts'
import { carriers } from '../../worker/channels/voice/carriers.ts'
import { addressOf, errand, instructions, LEG } from '../support/voice/instructions.ts'
import { type Happening, peers } from '../support/voice/peers.ts'

const now = 1_700_000_000_000
const account: Account = { id: 'AC1', key: 'secret-key', host: 'carrier.example' }
const step = (after: Extract<Hook, { for: 'step' }>['after']): Hook => ({ for: 'step', leg: LEG, step: 7, after })

/** The hook that an address of ours is for. */
const hookIn = (address: string): Hook => JSON.parse(new URL(address).searchParams.get('hook') ?? '')

const soundsOf = (prompts: readonly Prompt[]) =>
  prompts.flatMap((prompt) => (prompt.do === 'say' ? [prompt.text] : prompt.do === 'play' ? [prompt.url] : []))

/** Forms and JSON with names that mean something, and with values that mean nothing, or are none. */
const value = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('completed', 'participant-join', '1', 'join', LEG, '-1', '1e9'),
)
const told = fc.dictionary(
  fc.constantFrom(
    'CallSid',
    'CallStatus',
    'Digits',
    'SpeechResult',
    'Confidence',
    'DialCallSid',
    'RecordingUrl',
    'RecordingStatus',
  ),
  value,
)
const json = fc.dictionary(
  fc.constantFrom(
    'call_sid',
    'call_status',
    'digits',
    'speech',
    'duration',
    'dial_call_sid',
    'event',
    'time',
    'parent_call_sid',
  ),
  fc.oneof(value, fc.jsonValue()),
)
const anyBody = fc.oneof(
  fc.string(),
  told.map((fields) => `${new URLSearchParams({ CallSid: LEG, ...fields })}`),
  json.map((fields) => JSON.stringify({ call_sid: LEG, ...fields })),
  fc.json(),
)

/** What XML cannot hold is left out of what is said. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
const sayable = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')

describe.each(carrierNames)('%s', (name) => {
  const carrier = carriers[name]
  const peer = peers[name]
  const incoming = (happening: Happening, hook: Hook, leg = LEG) =>
    peer.signed(addressOf(hook), peer.tells(happening, leg), now)
  const read = (happening: Happening, hook: Hook): readonly CallEvent[] => {
    const result = carrier.read(incoming(happening, hook), hook)
    if (!result.ok) throw new Error(result.error.message)
    return result.value
  }
  const asked = (happening: Happening, hook: Hook) =>
    read(happening, hook).find((event) => event.is === 'asked')?.outcome

  it('VO1 takes what the carrier signed, and nothing of which a byte is another', async () => {
    const good = incoming({ is: 'pressed', digits: '12' }, step('listen'))
    expect(await carrier.verify(good, [peer.key], now)).toBe(true)
    const body = good.body.slice()
    body[body.length - 3] = 'x'.charCodeAt(0)
    expect(await carrier.verify({ ...good, body }, [peer.key], now)).toBe(false)
    expect(await carrier.verify({ ...good, headers: new Headers() }, [peer.key], now)).toBe(false)
  })

  it('VO3 tells of a new call who calls whom, and that it waits for what to do', () => {
    const events = read({ is: 'rings', from: '+4930555', to: '+49301', name: 'Ada & "Co"' }, { for: 'call' })
    expect(events[0]).toEqual({
      leg: LEG,
      is: 'began',
      direction: 'in',
      from: '+4930555',
      to: '+49301',
      name: 'Ada & "Co"',
    })
    expect(events.at(-1)).toEqual({ leg: LEG, is: 'asked', step: 0, outcome: { of: 'nothing' } })
    expect(read({ is: 'rings', from: `sip:${'a'.repeat(900)}`, to: '' }, { for: 'call' })[0]).toMatchObject({
      is: 'began',
    })
  })

  it('VO3 tells with what a leg comes back, by what it was told', () => {
    expect(asked({ is: 'pressed', digits: '12*0' }, step('listen'))).toEqual({ of: 'digits', digits: '12*0' })
    expect(asked({ is: 'comes back' }, step('listen'))).toEqual({ of: 'nothing' })
    expect(asked({ is: 'comes back' }, step('ask'))).toEqual({ of: 'nothing' })
    expect(asked({ is: 'comes back' }, step('move'))).toEqual({ of: 'nothing' })
    expect(asked({ is: 'comes back' }, step('join'))).toEqual({ of: 'room' })
    // Digits after a instructions that did not listen were not meant for us.
    expect(asked({ is: 'pressed', digits: '1' }, step('ask'))).toEqual({ of: 'nothing' })
    expect(read({ is: 'comes back' }, step('ask')).at(-1)).toMatchObject({ is: 'asked', step: 7 })
  })

  // A test that is skipped counts as failed: what caps deny is none.
  if (carrier.caps.speech) {
    it('VO3 tells what callers say', () => {
      const said: Happening = { is: 'said', text: '转人工 “agent”', confidence: 0.5 }
      expect(asked(said, step('listen'))).toEqual({ of: 'speech', text: '转人工 “agent”', confidence: 0.5 })
    })
  }

  it('VO3 tells how a dialled leg ended, to who asks and of the leg itself', () => {
    for (const cause of ['busy', 'no-answer', 'failed', 'completed'] as const) {
      const events = read({ is: 'dialled', status: cause, child: 'B' }, step('dial'))
      expect(events).toContainEqual({ leg: 'B', parent: LEG, is: 'ended', cause })
      expect(events.at(-1)).toMatchObject({ outcome: { of: 'dial', leg: 'B', cause } })
    }
  })

  if (carrier.caps.record) {
    it('VO3 tells of messages and recordings', () => {
      const url = 'https://carrier.example/recordings/1'
      const left: Happening = { is: 'recorded a message', url, seconds: 9 }
      expect(asked(left, step('record'))).toEqual({ of: 'recording', url, seconds: 9 })
      expect(asked({ is: 'comes back' }, step('record'))).toEqual({ of: 'nothing' })
      const hook: Hook = { for: 'recording', leg: LEG }
      expect(read({ is: 'recording', id: 'RE1', state: 'in-progress' }, hook)).toMatchObject([{ state: 'started' }])
      expect(read({ is: 'recording', id: 'RE1', state: 'completed', url }, hook)).toEqual([
        { leg: LEG, is: 'recorded', recording: 'RE1', state: 'done', url },
      ])
      expect(read({ is: 'recording', id: 'RE1', state: 'toString' }, hook)).toEqual([])
    })
  }

  it('VO3 tells the states of a leg, and nothing of those it does not know', () => {
    const told = (status: string, more = {}) => read({ is: 'status', status, ...more }, { for: 'status' })
    expect(told('ringing')).toEqual([{ leg: LEG, is: 'ringing' }])
    expect(told('in-progress')).toEqual([{ leg: LEG, is: 'answered' }])
    expect(told('completed', { seconds: 61 })).toEqual([{ leg: LEG, is: 'ended', cause: 'completed', seconds: 61 }])
    expect(told('no-answer')).toEqual([{ leg: LEG, is: 'ended', cause: 'no-answer' }])
    expect(told('on-the-moon')).toEqual([])
    expect(told('ringing', { parent: 'A' })).toMatchObject([
      { is: 'began', parent: 'A', direction: 'out' },
      { is: 'ringing', parent: 'A' },
    ])
  })

  it('VO3 tells who is in a room, so that the newest is known however it comes', () => {
    const hook: Hook = { for: 'room', room: 'room-1' }
    const told = (what: 'join' | 'leave' | 'speech', second: string, number: number) =>
      read({ is: 'in the room', what, at: `2026-11-21T10:00:0${second}Z`, number }, hook)
    const orders = [told('join', '0', 3), told('leave', '1', 4), told('join', '2', 0)].map(([event]) => {
      expect(event).toMatchObject({ leg: LEG, room: 'room-1' })
      return event?.is === 'joined' || event?.is === 'left' ? (event.order ?? 0) : 0
    })
    expect(orders).toEqual(orders.toSorted((a, b) => a - b))
    expect(new Set(orders).size).toBe(3)
    expect(told('speech', '3', 5)).toEqual([])
  })

  it('VO4 refuses what comes to the address of another leg, or names none', () => {
    const hook: Hook = { ...step('ask'), for: 'step', leg: 'other' as typeof LEG, step: 7, after: 'ask' }
    expect(carrier.read(incoming({ is: 'comes back' }, hook), hook)).toMatchObject({
      ok: false,
      error: { code: 'bad_input' },
    })
    for (const body of ['', '{', '[]', 'null', 'CallSid=', '{"call_sid":7}']) {
      const result = carrier.read(peer.signed(addressOf({ for: 'call' }), body, now), { for: 'call' })
      expect(result).toMatchObject({ ok: false, error: { code: 'bad_input' } })
    }
  })

  it('VO4 reads whatever comes, or says what is wrong with it: by chance', async () => {
    const hooks: Hook[] = [
      { for: 'call' },
      { for: 'status' },
      { for: 'room', room: 'r' },
      { for: 'recording', leg: LEG },
    ]
    const hook = fc.constantFrom<Hook[]>(...hooks, step('listen'), step('dial'), step('record'), step('join'))
    await fc.assert(
      fc.asyncProperty(hook, anyBody, async (where, body) => {
        const incoming = peer.signed(addressOf(where), body, now)
        const result = carrier.read(incoming, where)
        if (result.ok) for (const event of result.value) expect(CallEvent.safeParse(event).success).toBe(true)
        else expect(result.error.code).toBe('bad_input')
        expect(
          await carrier.verify({ ...incoming, headers: new Headers({ 'x-twilio-signature': 'x' }) }, ['k'], now),
        ).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('VO5 has all instructions heard in their order, and lead back to the one address of its step: by chance', () => {
    fc.assert(
      fc.property(instructions, (some) => {
        fc.pre(lacks(some, carrier.caps) === undefined)
        const { heard, addresses } = peer.hears(carrier.write(some, errand(3)))
        const inner = some.end.do === 'listen' ? some.end.prompts : []
        expect(heard).toEqual(soundsOf([...some.prompts, ...inner]).map(name === 'jambonz' ? String : sayable))
        const hooks = addresses.map(hookIn)
        const steps = hooks.filter((hook) => hook.for === 'step')
        const expected = comesBack(some) ? { for: 'step', leg: LEG, step: 3, after: some.end.do } : undefined
        expect(new Set(steps.map((hook) => JSON.stringify(hook)))).toEqual(
          new Set(expected === undefined ? [] : [JSON.stringify(expected)]),
        )
        // Who is in a room is told wherever somebody joins one.
        expect(hooks.some((hook) => hook.for === 'room')).toBe(some.end.do === 'join')
      }),
      { numRuns: 300 },
    )
  })

  it('VO5 writes the same bytes for the same instructions', () => {
    fc.assert(
      fc.property(instructions, (some) => {
        fc.pre(lacks(some, carrier.caps) === undefined)
        expect(carrier.write(some, errand())).toEqual(carrier.write(structuredClone(some), errand()))
      }),
      { numRuns: 50 },
    )
  })

  it('VO6 refuses to write what its caps deny, and nothing else', () => {
    fc.assert(
      fc.property(instructions, (some) => {
        const missing = lacks(some, carrier.caps)
        if (missing === undefined) carrier.write(some, errand())
        else expect(() => carrier.write(some, errand())).toThrow(features[missing])
      }),
      { numRuns: 300 },
    )
  })

  it('VO5 refuses a call without answering it', () => {
    for (const as of ['busy', 'rejected'] as const) {
      const document = carrier.write(Instructions.parse({ end: { do: 'reject', as } }), errand())
      expect(peer.hears(document)).toEqual({ heard: [], addresses: [] })
      expect(document.body).toMatch(as === 'busy' ? /busy|486/ : /rejected|603/)
    }
  })

  it('VO7 moves and hangs up a live leg, and asks after it, by the API of the account', () => {
    const moved = carrier.command({ do: 'move', leg: LEG, step: 9, address: addressOf }, account)
    const requests = [moved, carrier.command({ do: 'hangup', leg: LEG }, account), carrier.probe(LEG, account)]
    for (const { url, headers } of requests) {
      expect(new URL(url).protocol).toBe('https:')
      expect(url).toContain(encodeURIComponent(LEG))
      expect(url).not.toContain(account.key)
      expect(headers['authorization']).toMatch(/^(Basic|Bearer) ./)
    }
    const body =
      moved.headers['content-type'] === 'application/json'
        ? JSON.parse(moved.body ?? '').call_hook.url
        : new URLSearchParams(moved.body).get('Url')
    expect(hookIn(body)).toEqual({ for: 'step', leg: LEG, step: 9, after: 'move' })
  })

  it('VO7 takes from the answer to a probe what is certain, and nothing from a fault of the carrier', () => {
    const field = name === 'jambonz' ? 'call_status' : 'status'
    const told = (status: string) => carrier.probed(LEG, 200, JSON.stringify({ [field]: status, sid: LEG }))
    expect(told('in-progress')).toEqual({ leg: LEG, is: 'answered' })
    expect(told('completed')).toMatchObject({ is: 'ended', cause: 'completed' })
    expect(told('queued')).toBeUndefined()
    expect(carrier.probed(LEG, 404, '')).toEqual({ leg: LEG, is: 'ended', cause: 'lost' })
    for (const status of [401, 429, 500, 503]) expect(carrier.probed(LEG, status, '{}')).toBeUndefined()
    for (const body of ['', '<html>', '{}', '[]', 'null']) expect(carrier.probed(LEG, 200, body)).toBeUndefined()
  })

  it('VO8 says with every address how often it is to be asked again, if the carrier can be told', () => {
    const document = carrier.write(
      Instructions.parse({ end: { do: 'dial', to: [{ is: 'number', number: '+49301' }], seconds: 20 } }),
      errand(),
    )
    for (const address of peer.hears(document).addresses)
      expect(new URL(address).hash.includes('rc=2')).toBe(carrier.caps.repeat)
  })
})
