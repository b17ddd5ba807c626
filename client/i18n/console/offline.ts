/** The words of the console without a network. */

export const en = {
  lastHeard: (time: string) => `Last contact at ${time}`,
  notKept: 'This conversation is not kept on this device.',
  stale: (ago: string) => `Written ${ago} ago, not sent. Does it still fit?`,
  sendStill: 'Send it',
  editStale: 'Edit',
  behind: 'Waits for your answer above',
  tagsWait: 'Your changes to the tags are kept on this device and go out with the connection.',
}

export const zh: typeof en = {
  lastHeard: (time) => `最后联系于 ${time}`,
  notKept: '此会话未保存在本机。',
  stale: (ago) => `写于 ${ago} 前，尚未发送。现在还合适吗？`,
  sendStill: '仍然发送',
  editStale: '编辑',
  behind: '等你先处理上面的回复',
  tagsWait: '标签更改已存在本机，恢复连接后发送。',
}
