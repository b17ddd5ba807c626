/** The companies of the tests: one for each test, so that no test finds another's contacts or agents. */
import type { ConfigInput } from '../../../core/protocol/config.ts'

/** Staff of every company; all with the same password, whose hash takes its time. */
export const password = 'a password for tests'
export const staff = {
  ada: { name: 'Ada Okafor', role: 'agent' },
  ben: { name: 'Ben Lindqvist', role: 'agent' },
  olga: { name: 'Olga Petrova', role: 'administrator' },
  mara: { name: 'Mara Haddad', role: 'manager' },
  sia: { name: 'Sia Novak', role: 'supervisor' },
  noor: { name: 'Noor Aziz', role: 'analyst' },
  eli: { name: 'Eli Brandt', role: 'engineer' },
} as const
export type StaffId = keyof typeof staff

export const emailOf = (company: string, person: string): string => `${person}@${company}.example`

/** As the seed wants it. */
export function makeCompany(id: string, people: Readonly<Record<string, { name: string; role: string }>> = staff) {
  return {
    id,
    name: `Company ${id}`,
    staff: Object.entries(people).map(([person, { name, role }]) => ({
      id: person,
      name,
      role,
      email: emailOf(id, person),
      password,
    })),
  }
}

/** One queue; Ada is asked before Ben. It rings for long: how busy the machine is shall not decide what a test sees. */
export function makeConfig({ ring = 60_000, cooldown = 6_000, grace = 90_000, capacity = 4 } = {}): ConfigInput {
  return {
    organisation: 'Company under test',
    queues: { desk: { name: 'Desk' } },
    plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'desk' }] }] } },
    entrances: { chat: 'chat' },
    agents: {
      ada: { name: staff.ada.name, queues: [{ queue: 'desk', level: 3 }], capacity: { chat: capacity } },
      ben: { name: staff.ben.name, queues: [{ queue: 'desk', level: 2 }], capacity: { chat: capacity } },
    },
    media: {
      chat: { capacity, exclusive: false, wrap: 0, grace },
      voice: { capacity: 1, exclusive: true, wrap: 30_000, grace: 10_000 },
    },
    timings: { ring, cooldown },
  }
}
