/** WS: a client that resumed again and again holds exactly what one holds that has just come. */
import { Link } from '../clients/wire.ts'
import type { MakeRule } from './rule.ts'

export const ws: MakeRule = ({ world, director, hit, fail }) => {
  let probes: { link: Link; probe: Link }[] = []
  return {
    beforeRest() {
      const { links } = director.stage
      probes = links
        .filter((link) => link.ready)
        .map((link) => ({ link, probe: new Link(world, link, 'probe-of-the-rule', {}) }))
      for (const { probe } of probes) probe.open()
    },
    rest() {
      for (const { link, probe } of probes) {
        // Who is there may stay when nobody new is let in: an agent that is no longer configured.
        if (!probe.ready) continue
        hit('WS replicas')
        const { principal, actor } = link
        const who = `${principal.kind === 'customer' ? principal.customer : principal.id} at ${actor}`
        if (link.replica.last !== probe.replica.last)
          fail('WS', `${who} has come to ${link.replica.last}, others to ${probe.replica.last}`)
        for (const [key, text] of probe.replica.copy) {
          if (link.replica.copy.get(key) !== text)
            fail('WS', `${who} has ${key} as ${link.replica.copy.get(key)}, it is ${text}`)
        }
        if (link.replica.kind === 'board' && link.replica.copy.size !== probe.replica.copy.size)
          fail('WS', `${who} keeps rows that are gone`)
        if (JSON.stringify(link.replica.view) !== JSON.stringify(probe.replica.view)) {
          fail('WS', `${who} sees ${JSON.stringify(link.replica.view)}, it is ${JSON.stringify(probe.replica.view)}`)
        }
        probe.leave(null)
      }
      probes = []
    },
  }
}
