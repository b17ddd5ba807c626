/** Whose a conversation is: its own agent's, and the teams' that have had to do with it. */
import { describe, expect, it } from 'vitest'
import { belongingOf } from '../../core/conversation/state.ts'
import { address } from '../../core/ids.ts'
import { isOfTeam, may } from '../../core/protocol/permissions.ts'
import { agent, org, staff } from '../support/harness.ts'
import { codeOf, nameOf, type PlanInput, pinned, Talk } from '../support/talk.ts'

const plan: PlanInput = {
  name: 'Chat',
  steps: [
    { after: 0, queues: [{ queue: 'sales' }] },
    { after: 30_000, queues: [{ queue: 'care' }] },
  ],
}

/** Sales are the north's, care is the south's, billing is of no team. */
function talk(): Talk {
  const t = new Talk(plan)
  const queueTeams = { sales: 'north', care: 'south' }
  t.h.receive(address(org, 'book', 'book'), { type: 'plan', pinned: { ...pinned(plan), version: 2, queueTeams } })
  return t
}
const of = (team: string | undefined, role: 'agent' | 'supervisor' = 'supervisor') =>
  team === undefined ? staff('sue', role) : { ...staff('sue', role), team }
const looks = (t: Talk, team: string | undefined) => codeOf(t.h.command(of(team), 'history', { before: 0 }))

describe('a conversation', () => {
  it('PE5 is of the team in whose queue it waits, and of no other', () => {
    const t = talk()
    expect(looks(t, undefined)).toBe('ok')
    t.say()
    expect(looks(t, 'north')).toBe('ok')
    expect(looks(t, 'south')).toBe('forbidden')
    expect(looks(t, undefined)).toBe('forbidden')
  })

  it('PE5 stays in the sight of every team that it came through, restarts included', () => {
    const t = talk()
    t.say()
    t.h.advance(30_000)
    t.h.evict()
    expect(belongingOf(t.talk).teams).toEqual(['north', 'south'])
    expect(looks(t, 'north')).toBe('ok')
    expect(looks(t, 'south')).toBe('ok')
  })

  it('PE5 is of the team of the agent who got it by hand', () => {
    const t = talk()
    t.say()
    expect(codeOf(t.h.command(of('north'), 'assign', { agent: 'cyd', force: false }))).toBe('ok')
    const { lease } = t.talk
    t.from('cyd', { type: 'accepted', agent: agent('cyd'), name: nameOf('cyd'), team: 'south', lease })
    expect(looks(t, 'south')).toBe('ok')
    expect(belongingOf(t.talk)).toEqual({ staff: ['cyd'], teams: ['north', 'south'] })
  })

  it('CV8: is not answered by somebody who is only being rung, whatever lease that one names', () => {
    const t = talk()
    const lease = t.ownedBy('ada')
    t.asOwner('ada', 'transfer', { queue: 'sales', warm: true })
    t.claim('ben')
    expect(t.talk.offer?.agent).toBe('ben')
    expect(codeOf(t.h.command(staff('ben'), 'post', { text: 'Mine', lease }))).toBe('forbidden')
    expect(codeOf(t.h.command(staff('ben'), 'history', { before: 0 }))).toBe('ok')
  })
})

describe('without teams', () => {
  it('PE5 everybody and everything is of the common team', () => {
    const t = new Talk()
    t.say()
    expect(looks(t, undefined)).toBe('ok')
    expect(isOfTeam([], undefined)).toBe(true)
    expect(may(of('north'), 'conversation.connect', { staff: [], teams: [] })).toBe(false)
  })
})
