/** Names by which browser tests find parts of a page; they stay when words and looks change. */

export const widgetIds = {
  launcher: 'launcher',
  /** With `data-state` of sending, sent or failed, and `data-seq` once it has a number. */
  entry: 'entry',
  transcript: 'transcript',
  composer: 'composer',
  send: 'send',
  status: 'status',
  place: 'place',
  /** The expected wait. */
  wait: 'wait',
  messageInstead: 'message-instead',
  typing: 'typing',
  /** With `data-state` of live, connecting, offline, polling or stopped. */
  link: 'link',
  marks: 'marks',
  retry: 'retry',
  leave: 'leave',
  leaveConfirm: 'leave-confirm',
  notice: 'notice',
  rate: 'rate',
  leaveMessage: 'leave-message',
} as const

export const consoleIds = {
  presence: 'presence',
  reason: 'reason',
  capacity: 'capacity',
  /** With `data-conversation`, as item and waiting have. */
  offer: 'offer',
  accept: 'accept',
  decline: 'decline',
  item: 'item',
  waiting: 'waiting',
  queue: 'queue',
  transcript: 'transcript',
  /** With `data-state`, `data-seq`, and `data-type` of the entry's body. */
  entry: 'entry',
  composer: 'composer',
  send: 'send',
  note: 'note-toggle',
  typing: 'typing',
  marks: 'marks',
  retry: 'retry',
  close: 'close',
  finish: 'finish',
  transfer: 'transfer',
  snooze: 'snooze',
  wake: 'wake',
  laid: 'laid-aside',
  about: 'about',
  earlier: 'earlier',
  merge: 'merge',
  unmerge: 'unmerge',
  unsplit: 'unsplit',
  more: 'more',
  split: 'split',
  remove: 'remove',
  assign: 'assign',
  /** With `data-state` of live, connecting, offline, polling or stopped. */
  link: 'link',
  account: 'account',
  find: 'find',
  palette: 'palette',
  signOut: 'sign-out',
  status: 'status',
} as const
