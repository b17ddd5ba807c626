/** Flows that chance has made: FW2, FW4, FW5, FW6, FW7. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abilities } from '../../core/flow/channels.ts'
import { checkEntrance, checkFlows } from '../../core/flow/check.ts'
import type { FlowState, Input } from '../../core/flow/program.ts'
import { Flow } from '../../core/protocol/flow.ts'
import { anyFlow, anyInput, around, programOf, Walk } from '../support/flows.ts'

const channels = ['chat', 'voice'] as const
const two = (forwards: boolean) =>
  fc
    .tuple(anyFlow(forwards, 'sub'), anyFlow(forwards))
    .map(([main, sub]) => ({ main: Flow.parse(main), sub: Flow.parse(sub) }))
const isSound = (flows: Record<string, Flow>, channel: (typeof channels)[number]) =>
  [...checkFlows(around(flows)), ...checkEntrance(flows, 'main', channel)].every(({ weight }) => weight === 'warned')
const inputs = fc.array(anyInput, { maxLength: 30 })
const go = (walk: Walk, input: Input | 'silence') => (input === 'silence' ? walk.silence() : walk.take(input))

describe('a flow', () => {
  it('FW2: whatever it says and whatever comes, the interpreter ends and gives plain data', () => {
    fc.assert(
      fc.property(two(false), inputs, fc.constantFrom(...channels), (flows, all, channel) => {
        const walk = new Walk(programOf(flows), channel)
        for (const input of all) {
          go(walk, input)
          const stored: FlowState = JSON.parse(JSON.stringify(walk.state))
          expect(stored).toEqual(walk.state)
          walk.state = stored
        }
        for (const { do: what } of walk.done) if (channel === 'chat') expect(['music', 'callback']).not.toContain(what)
      }),
      { numRuns: 300 },
    )
  })

  it('FW4: that passes the check never breaks, and with nobody answering comes to a queue or an end', () => {
    let sound = 0
    fc.assert(
      fc.property(two(true), inputs, fc.constantFrom(...channels), (flows, all, channel) => {
        fc.pre(isSound(flows, channel))
        sound += 1
        const walk = new Walk(programOf(flows), channel)
        for (const input of all) go(walk, input)
        expect(walk.effects('report')).toEqual([])
        // Ten nodes of each of two flows, asked three times at the most, and a wait with one call back.
        for (let n = 0; n < 10 * 11 * 4 && walk.end === null && walk.state.wakeAt !== null; n += 1) walk.silence()
        if (walk.end === null) expect(walk.state).toMatchObject({ phase: { is: 'waiting' }, wakeAt: null })
        expect(walk.effects('report')).toEqual([])
      }),
      { numRuns: 300 },
    )
    expect(sound).toBeGreaterThan(100)
  })

  it('FW5: leads to its fallback from every question, as soon as somebody asks for a person', () => {
    fc.assert(
      fc.property(two(true), inputs, fc.constantFrom(...channels), (flows, all, channel) => {
        const walk = new Walk(programOf(flows), channel)
        for (const input of all) {
          if (walk.state.phase.is === 'asking') {
            const asked = new Walk(programOf(flows), channel)
            asked.state = walk.state
            asked.done.length = 0
            asked.say('Agent, please!')
            expect(asked.end).toBe('person')
            expect(asked.done).toEqual([{ do: 'queue', plan: null }])
          }
          go(walk, input)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('FW6: that is over stays over, and what does not concern it changes nothing', () => {
    fc.assert(
      fc.property(two(true), inputs, (flows, all) => {
        const walk = new Walk(programOf(flows))
        for (const input of all) {
          const before = walk.state
          const early = { ...walk.world, now: (before.wakeAt ?? walk.world.now) - 1 }
          const later = walk.world
          walk.world = early
          expect(walk.take({ type: 'time' }).state).toEqual(before)
          walk.world = later
          go(walk, input)
          if (before.phase.is === 'over') expect(walk.state).toEqual(before)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('FW7: of a chat that passes the check asks for nothing that a chat cannot do', () => {
    const only = Object.keys(abilities.chat.cannot)
    expect(only).toEqual(['play', 'voicemail', 'transfer', 'lookup'])
    fc.assert(
      fc.property(two(true), inputs, (flows, all) => {
        fc.pre(isSound(flows, 'chat'))
        const walk = new Walk(programOf(flows), 'chat')
        for (const input of all) go(walk, input)
        for (const { do: what } of walk.done)
          expect(['play', 'music', 'callback', 'record', 'dial', 'lookup']).not.toContain(what)
      }),
      { numRuns: 200 },
    )
  })
})
