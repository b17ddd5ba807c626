/** The words of keys and of the palette. */

export const en = {
  palette: {
    label: 'Search or run a command',
    placeholder: 'Search or run a command',
    results: 'What fits',
    none: 'Nothing fits. Try fewer letters.',
    groups: { commands: 'Commands', conversations: 'Conversations', record: 'Said earlier' },
  },
  commands: {
    palette: 'Search or run a command',
    help: 'All keys',
    accept: 'Accept the offer',
    decline: 'Decline the offer',
    reply: 'Write a reply',
    note: 'Write a private note',
    transfer: 'Hand over',
    close: 'Close the conversation',
    next: 'Next conversation',
    previous: 'Previous conversation',
    available: 'Become available',
    busy: 'Become busy',
    away: 'Go away',
    inbox: 'Go to the inbox',
    settings: 'Go to the settings',
  },
  help: { label: 'Keys', change: 'Change the keys' },
}

export const zh: typeof en = {
  palette: {
    label: '搜索，或运行命令',
    placeholder: '搜索，或运行命令',
    results: '匹配结果',
    none: '没有匹配项。换个更短的词试试。',
    groups: { commands: '命令', conversations: '会话', record: '历史消息' },
  },
  commands: {
    palette: '搜索，或运行命令',
    help: '全部快捷键',
    accept: '接受派单',
    decline: '拒绝派单',
    reply: '写回复',
    note: '写内部备注',
    transfer: '转接',
    close: '关闭会话',
    next: '下一个会话',
    previous: '上一个会话',
    available: '设为空闲',
    busy: '设为忙碌',
    away: '设为离开',
    inbox: '前往收件箱',
    settings: '前往设置',
  },
  help: { label: '快捷键', change: '更改快捷键' },
}
