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
      // Who writes here is asked first what it is about.
      entrances: { chat: 'chat', flows: { chat: 'menu' } },
      flows: {
        menu: {
          name: 'Menu',
          start: 'menu',
          nodes: {
            menu: {
              do: 'menu',
              prompt: {
                en: 'Welcome to Birch Books. What is it about?',
                zh: '欢迎来到 Birch Books，请问有什么可以帮您？',
              },
              options: [
                {
                  id: 'hours',
                  label: { en: 'Opening hours', zh: '营业时间' },
                  words: ['open', '几点'],
                  next: 'hours',
                },
                { id: 'order', label: { en: 'An order', zh: '订单' }, words: ['parcel', '包裹'], next: 'number' },
                { id: 'desk', label: { en: 'The reading desk', zh: '咨询台' }, next: 'desk' },
              ],
              otherwise: 'desk',
            },
            hours: {
              do: 'say',
              text: { en: 'We are open Monday to Saturday, 10:00 to 19:00.', zh: '周一至周六 10:00 至 19:00 营业。' },
              next: 'more',
            },
            more: {
              do: 'menu',
              prompt: { en: 'Is there anything else?', zh: '还有其他问题吗？' },
              options: [
                { id: 'yes', label: { en: 'Yes', zh: '有' }, next: 'menu' },
                { id: 'no', label: { en: 'No, thank you', zh: '没有，谢谢' }, next: 'bye' },
              ],
              otherwise: 'bye',
            },
            number: {
              do: 'collect',
              prompt: { en: 'Which order number is it?', zh: '请输入订单号。' },
              wrong: { en: 'An order number has six digits.', zh: '订单号为六位数字。' },
              expected: { is: 'digits', least: 6, most: 6 },
              into: 'conversation.order',
              next: 'desk',
              otherwise: 'desk',
            },
            desk: { do: 'queue', text: { en: 'One moment, please.', zh: '请稍候。' } },
            bye: { do: 'hangup', text: { en: 'Happy reading!', zh: '祝您阅读愉快！' } },
          },
        },
      },
      attributes: { conversation: { order: { name: 'Order number', type: 'text' } } },
      agents: { bea: { name: 'Bea Novak', queues: [{ queue: 'desk' }] } },
    },
  },
]
