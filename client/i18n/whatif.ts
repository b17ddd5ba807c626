/** The words of what-if. */
import type { Doubt } from '../../core/whatif/compare.ts'
import type { Measure } from '../../core/whatif/figures.ts'
import { catalogue, dateTime, plural } from './locale.ts'

const enMeasures: Record<Measure, string> = {
  serviceLevel: 'Within 20 s',
  asa: 'Speed of answer',
  abandonRate: 'Abandon rate',
  longestWait: 'Longest wait',
  occupancy: 'Occupancy',
  offered: 'Offered',
  answered: 'Answered',
  abandoned: 'Abandoned',
  flowedOut: 'Flowed out',
}

function enDoubt(doubt: Doubt): string {
  switch (doubt.is) {
    case 'no-contacts':
      return 'No contact came on this day.'
    case 'no-shifts':
      return 'No agent was available on this day.'
    case 'few-talks':
      return `Only ${plural('en', doubt.count, { one: '# talk was', other: '# talks were' })} measured: how long others take is a guess.`
    case 'few-abandoned':
      return `Only ${plural('en', doubt.count, { one: '# customer', other: '# customers' })} left: how patient others are is a guess.`
    case 'unfinished':
      return `On average ${number('en', doubt.count)} contacts still wait when the changed day ends, and count in no figure.`
    case 'lost':
      return `On average ${number('en', doubt.count)} contacts are left out: the changed routing has no such plan or queue.`
    case 'unlike':
      return `${enMeasures[doubt.measure]}: what was recorded lies outside of what simulated days show. The simulation misses something of this day.`
    case 'unknown-agents':
      return `${plural('en', doubt.count, { one: '# agent of the day is', other: '# agents of the day are' })} not configured any more, and left out.`
  }
}

const number = (of: 'en' | 'zh', value: number) => new Intl.NumberFormat(of, { maximumFractionDigits: 1 }).format(value)

const en = {
  title: 'What if',
  lead: 'How would customers have waited on a day with other plans, or with more or fewer agents? The contacts of the day come again, and the same rules route them.',
  day: 'Day',
  zone: 'Time zone',
  none: 'Nobody waited on this day',
  noneWhy: 'Choose another day. A wait counts when it has ended.',
  found: (contacts: number, agents: number, version: number) =>
    `${plural('en', contacts, { one: '# contact', other: '# contacts' })}, ${plural('en', agents, { one: '# agent', other: '# agents' })}; routed as published in version ${version}.`,
  change: 'The change',
  crew: 'Agents more or fewer',
  crewHint:
    'Fewer as −2: agents who serve the queue are chosen at random, and missing in all queues. New ones are like those who serve it.',
  routing: 'Plans and routing',
  asToday: 'As published',
  ownPlans: 'Plans that I write here',
  version: (version: number, at: number, note: string) =>
    `Version ${version}, ${dateTime(at)}${note === '' ? '' : `: ${note}`}`,
  plans: 'Plans by their keys, as JSON',
  plansHint: 'Nothing is published.',
  seeds: 'Simulated days',
  run: 'Simulate',
  stop: 'Stop',
  playing: (done: number, of: number) => `${done} of ${of} days simulated…`,
  played: (n: number) => plural('en', n, { one: '# day simulated.', other: '# days simulated.' }),
  failed: 'The simulation failed. Try again, or fewer days.',
  files: 'Files',
  trafficFile: 'Traffic as CSV',
  agentsFile: 'Agents as CSV',
  filesWhy: 'For npm run simulate -- --day traffic.csv --agents agents.csv, where whole ranges of plans can be tried.',
  doubtsLabel: 'To mind',
  whole: 'The day',
  interval:
    '± is the 95 % confidence interval of the mean of the simulated days. Each contact counts once, however many queues it was in.',
  figure: 'Figure',
  recorded: 'Recorded',
  today: 'Simulated as it is',
  changed: 'Changed',
  difference: 'Difference',
  chart: 'Chart',
  chartOf: (figure: string, most: string) =>
    `${figure} over the day, at most ${most}. The same figures stand in the table below.`,
  quarters: (figure: string) => `${figure} by the quarter of an hour`,
  from: 'From',
  measures: enMeasures,
  doubt: enDoubt,
}
export type WhatIfWords = typeof en

const zhMeasures: Record<Measure, string> = {
  serviceLevel: '20 秒内应答',
  asa: '平均应答速度',
  abandonRate: '放弃率',
  longestWait: '最长等待',
  occupancy: '占用率',
  offered: '进线',
  answered: '应答',
  abandoned: '放弃',
  flowedOut: '流出',
}

function zhDoubt(doubt: Doubt): string {
  switch (doubt.is) {
    case 'no-contacts':
      return '当天没有联络。'
    case 'no-shifts':
      return '当天没有可接待的客服。'
    case 'few-talks':
      return `仅测得 ${doubt.count} 次通话时长，其余为估计。`
    case 'few-abandoned':
      return `仅有 ${doubt.count} 位客户放弃，耐心时长为估计。`
    case 'unfinished':
      return `调整后当日结束时平均仍有 ${number('zh', doubt.count)} 个联络在等待，未计入指标。`
    case 'lost':
      return `平均有 ${number('zh', doubt.count)} 个联络未计入：调整后的配置没有对应的计划或队列。`
    case 'unlike':
      return `${zhMeasures[doubt.measure]}：实际记录超出模拟结果的范围，模拟未能反映当天的全部情况。`
    case 'unknown-agents':
      return `当天有 ${doubt.count} 位客服已不在配置中，未计入。`
  }
}

const zh: WhatIfWords = {
  title: '情景模拟',
  lead: '若采用其他路由计划，或增减客服，某一天的客户会等待多久？当天的联络会重新进线，按相同规则分配。',
  day: '日期',
  zone: '时区',
  none: '当天没有客户等待',
  noneWhy: '请选择其他日期。等待结束后才计入。',
  found: (contacts, agents, version) => `${contacts} 个联络，${agents} 位客服；按已发布的第 ${version} 版路由。`,
  change: '调整',
  crew: '增减客服',
  crewHint: '减少填 −2：从服务该队列的客服中随机选出，在所有队列中缺席。新增客服与现有客服相同。',
  routing: '计划与路由',
  asToday: '与已发布的相同',
  ownPlans: '在此填写计划',
  version: (version, at, note) => `第 ${version} 版，${dateTime(at)}${note === '' ? '' : `：${note}`}`,
  plans: '各计划（JSON，按键名）',
  plansHint: '不会发布任何内容。',
  seeds: '模拟天数',
  run: '开始模拟',
  stop: '停止',
  playing: (done, of) => `已模拟 ${done}/${of} 天…`,
  played: (n) => `已模拟 ${n} 天。`,
  failed: '模拟失败。请重试，或减少天数。',
  files: '文件',
  trafficFile: '下载话务 CSV',
  agentsFile: '下载客服 CSV',
  filesWhy: '可用于 npm run simulate -- --day traffic.csv --agents agents.csv，批量尝试计划。',
  doubtsLabel: '注意',
  whole: '全天',
  interval: '± 为模拟均值的 95% 置信区间。每个联络无论经过几个队列只计一次。',
  figure: '指标',
  recorded: '实际记录',
  today: '按现状模拟',
  changed: '调整后',
  difference: '差异',
  chart: '图表',
  chartOf: (figure, most) => `${figure}全天走势，最大值 ${most}。下方表格列有相同数据。`,
  quarters: (figure) => `${figure}（每 15 分钟）`,
  from: '开始时间',
  measures: zhMeasures,
  doubt: zhDoubt,
}

export const whatIfWords = catalogue({ en, zh })
