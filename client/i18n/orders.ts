/** The words of a queue's orders: which contact is next, and which agent gets it. */
import { catalogue } from './locale.ts'

const en = {
  contacts: 'Who is next',
  contactsBy: {
    score: 'Whoever has waited longest, a minute more for each point',
    list: 'By a list: the first difference decides',
  },
  list: 'What is compared',
  listHint: 'What a contact lacks puts it last. Ties go to whoever has waited longer.',
  starves: 'Who stands lower may wait for ever, as long as others come who stand higher.',
  criteria: {
    'grade desc': 'Grade of the customer, highest first',
    'grade asc': 'Grade of the customer, lowest first',
    'priority desc': 'Priority, highest first',
    'priority asc': 'Priority, lowest first',
    'waiting desc': 'Wait, longest first',
    'waiting asc': 'Wait, shortest first',
    'deadline asc': 'Time to be answered by, soonest first',
    'deadline desc': 'Time to be answered by, latest first',
  },
  channel: 'Channel',
  attribute: (name: string) => `Attribute ${name}`,
  agents: 'Which free agent gets a contact',
  agentsHint: 'The first difference decides.',
  agentCriteria: {
    'level desc': 'Level in the queue, highest first',
    'idle asc': 'Idle time, longest first',
    'load asc': 'Contacts in hand, fewest first',
    'occupancy asc': 'Share of time at work with contacts, least first',
    'served asc': 'In turn: whose last contact came earliest',
  },
  skill: (name: string) => `Level of ${name}, highest first`,
}
type OrderWords = typeof en

const zh: OrderWords = {
  contacts: '下一位是谁',
  contactsBy: { score: '等待最久者，每点优先级相当于一分钟', list: '按列表比较：先出现差别者决定' },
  list: '比较的内容',
  listHint: '缺少该项者排在最后；相同时等待更久者在前。',
  starves: '只要不断有排在前面的联络进来，排在后面的可能一直等待。',
  criteria: {
    'grade desc': '客户等级，高者在前',
    'grade asc': '客户等级，低者在前',
    'priority desc': '优先级，高者在前',
    'priority asc': '优先级，低者在前',
    'waiting desc': '等待时间，长者在前',
    'waiting asc': '等待时间，短者在前',
    'deadline asc': '应答期限，早者在前',
    'deadline desc': '应答期限，晚者在前',
  },
  channel: '渠道',
  attribute: (name) => `属性 ${name}`,
  agents: '派给哪位空闲坐席',
  agentsHint: '先出现差别者决定。',
  agentCriteria: {
    'level desc': '队列内级别，高者在前',
    'idle asc': '空闲时间，长者在前',
    'load asc': '手头会话，少者在前',
    'occupancy asc': '工作占用率，低者在前',
    'served asc': '轮流：最早接到上一单者在前',
  },
  skill: (name) => `${name} 级别，高者在前`,
}

export const orderWords = catalogue({ en, zh })
