// The two companies of the demo. Their passwords are printed by `npm start` and stand in the README: for demos only.

const password = (id) => `parley-demo-${id}`

const person = (company, id, name, role) => ({
  id,
  name,
  role,
  email: `${id}@${company}.example`,
  password: password(id),
})

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export const companies = [
  {
    id: 'acme',
    name: 'Acme Outdoor',
    staff: [
      person('acme', 'ada', 'Ada Okafor', 'agent'),
      person('acme', 'ben', 'Ben Lindqvist', 'agent'),
      person('acme', 'chloe', 'Chloe Zhang', 'agent'),
      person('acme', 'sam', 'Sam Rivera', 'supervisor'),
      person('acme', 'mara', 'Mara Haddad', 'manager'),
      person('acme', 'olga', 'Olga Petrova', 'administrator'),
      person('acme', 'noor', 'Noor Aziz', 'analyst'),
      person('acme', 'eli', 'Eli Brandt', 'engineer'),
    ],
    config: {
      organisation: 'Acme Outdoor',
      queues: { sales: { name: 'Sales' }, support: { name: 'Support' } },
      plans: {
        chat: {
          name: 'Chat',
          steps: [
            { after: 0, queues: [{ queue: 'sales' }] },
            { after: 30_000, queues: [{ queue: 'sales' }, { queue: 'support' }] },
          ],
          fallback: {
            after: 600_000,
            notice: 'Everybody is busy. Leave your message here: we answer by tomorrow noon.',
          },
        },
      },
      entrances: { chat: 'chat' },
      // Open around the clock, so that the demo answers at any hour; only the holidays show the form for a message.
      hours: {
        shop: {
          zone: 'Europe/Berlin',
          weekly: Object.fromEntries(weekdays.map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
          exceptions: { '2026-12-25': { name: 'Christmas Day' }, '2027-01-01': { name: 'New Year’s Day' } },
        },
      },
      tags: {
        repair: { name: 'Repair' },
        delivery: { name: 'Delivery' },
        praise: { name: 'Praise' },
      },
      dispositions: {
        solved: { name: 'Solved' },
        sold: { name: 'Sold', queues: ['sales'] },
        'no-answer': { name: 'Customer did not answer' },
        refund: { name: 'Refund', noteRequired: true },
      },
      cannedReplies: {
        hello: { shortcut: 'hello', text: 'Hello {{customer.name}}, how can I help?' },
        repair: {
          shortcut: 'repair',
          text: 'We mend it for as long as you keep it. Send it to us with a note of what is broken.',
        },
        thanks: { shortcut: 'thanks', text: 'Thank you for writing to us. Good hiking!' },
      },
      attributes: {
        conversation: {
          order: { name: 'Order number', type: 'text' },
          product: { name: 'Product', type: 'list', values: ['Tent', 'Backpack', 'Stove', 'Sleeping bag', 'Boots'] },
          warranty: { name: 'Within warranty', type: 'boolean' },
        },
      },
      widget: { hours: 'shop' },
      policies: { csat: { on: true, within: 604_800_000 } },
      agents: {
        ada: {
          name: 'Ada Okafor',
          queues: [
            { queue: 'sales', level: 3 },
            { queue: 'support', level: 2 },
          ],
          skills: { en: 5, fr: 3 },
        },
        ben: { name: 'Ben Lindqvist', queues: [{ queue: 'support', level: 3 }], skills: { en: 4 } },
        chloe: { name: 'Chloe Zhang', queues: [{ queue: 'sales', level: 2 }], skills: { en: 4, zh: 5 } },
      },
    },
  },
  {
    id: 'birch',
    name: 'Birch Books',
    staff: [person('birch', 'bea', 'Bea Novak', 'agent'), person('birch', 'otto', 'Otto Keller', 'administrator')],
    config: {
      organisation: 'Birch Books',
      queues: { desk: { name: 'Reading desk' } },
      plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'desk' }] }] } },
      entrances: { chat: 'chat' },
      agents: { bea: { name: 'Bea Novak', queues: [{ queue: 'desk' }] } },
    },
  },
]
