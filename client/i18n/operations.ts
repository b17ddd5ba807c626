/** The words of operations. */
import { catalogue, plural } from './locale.ts'

const en = {
  title: 'Operations',
  lead: 'Whether this installation does its work. Ids, counts and times; nothing that anybody said.',
  status: 'Status',
  fresh: (time: string) => `As of ${time}`,
  refresh: 'Look again',
  parts: {
    record: 'Record (D1)',
    search: 'Search (D1)',
    protocol: 'Wire protocol',
    config: 'Configuration',
    stuck: 'Actors with something stuck',
  },
  answers: 'Answers',
  silent: 'Does not answer',
  version: (n: number) => `Version ${n}`,
  noVersion: 'Nothing published yet',
  duties: 'Duties',
  dutiesLead: 'What falls due by itself, once a minute. All well: nothing waits for long, and nothing has failed.',
  duty: 'Duty',
  waiting: 'Due',
  failing: 'Failed before',
  since: 'Oldest',
  names: {
    errands: 'Transcripts, clearing up, the end of the window',
    uploads: 'Uploads that were given up',
    erasures: 'Erasures of persons',
    seals: 'Secrets under an older key',
  },
  stuck: 'What does not get through',
  stuckLead:
    'Between actors everything is tried for ever; towards the record it is parked after ten tries. Send it again when the cause is mended.',
  nothing: 'Everything gets through',
  nothingWhy: 'Actors report here what has failed ten times.',
  actor: 'Actor',
  peers: 'To other actors',
  parked: 'To the record',
  waits: (n: number, tries: number, peer: string) =>
    `${plural('en', n, { one: '# message', other: '# messages' })} to ${peer}, ${plural('en', tries, { one: '# try', other: '# tries' })}`,
  parkedItem: (kind: string, tries: number) => `${kind}, ${plural('en', tries, { one: '# try', other: '# tries' })}`,
  replay: 'Send again',
  replayed: (n: number) => `${plural('en', n, { one: '# message', other: '# messages' })} sent again.`,
}
export type OperationsWords = typeof en

const zh: OperationsWords = {
  title: '运维',
  lead: '此系统是否正常工作。仅含编号、数量与时间，不含任何会话内容。',
  status: '状态',
  fresh: (time) => `截至 ${time}`,
  refresh: '刷新',
  parts: {
    record: '记录库（D1）',
    search: '搜索库（D1）',
    protocol: '通信协议',
    config: '配置',
    stuck: '有滞留消息的 Actor',
  },
  answers: '正常',
  silent: '无响应',
  version: (n) => `版本 ${n}`,
  noVersion: '尚未发布',
  duties: '定时任务',
  dutiesLead: '每分钟自动执行。正常时没有久候或失败的任务。',
  duty: '任务',
  waiting: '待执行',
  failing: '曾失败',
  since: '最早',
  names: {
    errands: '存档、清理、窗口到期',
    uploads: '中止的上传',
    erasures: '个人数据抹除',
    seals: '由旧密钥加密的机密',
  },
  stuck: '滞留消息',
  stuckLead: 'Actor 之间会一直重试；发往记录库的消息在十次后搁置。排除原因后重新发送。',
  nothing: '没有滞留消息',
  nothingWhy: 'Actor 会在失败十次后在此报告。',
  actor: 'Actor',
  peers: '发往其他 Actor',
  parked: '发往记录库',
  waits: (n, tries, peer) =>
    `${plural('zh', n, { other: '# 条消息' })}发往 ${peer}，已试 ${plural('zh', tries, { other: '# 次' })}`,
  parkedItem: (kind, tries) => `${kind}，已试 ${plural('zh', tries, { other: '# 次' })}`,
  replay: '重新发送',
  replayed: (n) => `已重新发送 ${plural('zh', n, { other: '# 条消息' })}。`,
}

export const operationsWords = catalogue({ en, zh })
