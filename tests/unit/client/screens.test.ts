/** The table of screens misses none of the console's, and says of each state either what is to be seen or why it cannot be. */
import { describe, expect, it } from 'vitest'
import { settingsPages, views } from '../../../client/console/address.ts'
import { officePages } from '../../../client/console/office/names.ts'
import { inState, screens, states, table } from '../../browser/screens/table.ts'

describe('the table of screens', () => {
  it.each(Object.entries(officePages))('SS1: has every page of %s', (name, pages) => {
    const known = Object.keys(Object.entries(table).find(([place]) => place === name)?.[1] ?? {})
    expect(known).toEqual(expect.arrayContaining([...pages]))
  })

  it('SS1: has every page of the settings, and every view of the inbox', () => {
    expect(Object.keys(table.settings)).toEqual([...settingsPages])
    expect(Object.keys(table.inbox)).toEqual(expect.arrayContaining([...views]))
  })

  it('SS1: shows each screen in some state, and every kind of state somewhere', () => {
    const bare = screens.filter(({ screen }) => states.every((state) => inState(screen, state) === undefined))
    expect(bare).toEqual([])
    for (const state of states) expect(screens.some(({ screen }) => inState(screen, state) !== undefined)).toBe(true)
  })
})
