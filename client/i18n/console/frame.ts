/** The words of the frame: bar, rail, banners. */
import { plural } from '../locale.ts'

export const en = {
  title: 'Parley console',
  signOut: 'Sign out',
  stillOwned: (n: number) =>
    `You still have ${plural('en', n, { one: '# conversation', other: '# conversations' })}. Close or hand over first.`,
  loading: 'Loading…',
  language: 'Language',
  skip: 'Skip to the content',
  places: {
    label: 'Places',
    inbox: 'Inbox',
    floor: 'Floor',
    audit: 'Audit',
    reports: 'Reports',
    whatif: 'What if',
    staff: 'Staff',
    organisation: 'Organisation',
    operations: 'Operations',
    versions: 'Versions',
    keys: 'Keys',
    plans: 'Plans',
    settings: 'Settings',
    waiting: (n: number) => plural('en', n, { one: '# waits for you', other: '# wait for you' }),
  },
  accountOf: (name: string) => `Account of ${name}`,
  presence: 'Presence',
  presences: { available: 'Available', busy: 'Busy', away: 'Away', offline: 'Offline' },
  missed: 'You did not answer an offer, so you were set to away.',
  backAgain: 'Available again',
  draining: 'More than that is in hand: nothing new comes until it is done.',
  link: {
    live: 'Live',
    connecting: 'Connecting',
    polling: 'Slow connection',
    offline: 'Offline',
    stopped: 'Disconnected',
  },
  linkBehind: (n: number) => plural('en', n, { other: '# behind' }),
  linkKept: (n: number) => plural('en', n, { one: '# change kept', other: '# changes kept' }),
  offlineBanner: (n: number) =>
    n === 0
      ? 'You are offline. What you write is kept and sent later.'
      : `You are offline. Keep working: ${plural('en', n, { one: '# change is', other: '# changes are' })} safe on this device.`,
  replaced: 'This console goes on elsewhere.',
  failed: (what: string) => `That did not work. ${what}`,
  dismiss: 'Dismiss',
}

export const zh: typeof en = {
  title: 'Parley 坐席工作台',
  signOut: '退出',
  stillOwned: (n) => `你还有 ${plural('zh', n, { other: '# 个会话' })}，请先关闭或转接。`,
  loading: '正在加载…',
  language: '语言',
  skip: '跳到内容',
  places: {
    label: '主导航',
    inbox: '收件箱',
    floor: '现场',
    audit: '审计',
    reports: '报表',
    whatif: '情景模拟',
    staff: '员工',
    organisation: '组织',
    operations: '运维',
    versions: '版本',
    keys: '密钥',
    plans: '计划',
    settings: '设置',
    waiting: (n) => plural('zh', n, { other: '# 项待处理' }),
  },
  accountOf: (name) => `${name} 的账号`,
  presence: '状态',
  presences: { available: '空闲', busy: '忙碌', away: '离开', offline: '离线' },
  missed: '你未应答派单，状态已设为离开。',
  backAgain: '恢复空闲',
  draining: '当前会话多于此数：处理完之前不会派新单。',
  link: { live: '已连接', connecting: '正在连接', polling: '连接较慢', offline: '已离线', stopped: '连接已断开' },
  linkBehind: (n) => plural('zh', n, { other: '落后 # 条' }),
  linkKept: (n) => plural('zh', n, { other: '# 项待发送' }),
  offlineBanner: (n) =>
    n === 0
      ? '你已离线。输入的内容会保存，恢复后发送。'
      : `你已离线。可以继续工作：${plural('zh', n, { other: '# 项更改' })}已存在本机。`,
  replaced: '工作台已在其他位置继续。',
  failed: (what) => `操作未成功。${what}`,
  dismiss: '关闭提示',
}
