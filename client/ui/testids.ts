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
  preChat: 'pre-chat',
  shut: 'shut',
  /** The answers that a message offers. */
  choices: 'choices',
  sound: 'sound',
  emoji: 'emoji',
  picker: 'emoji-picker',
  /** The button of the list of earlier talks, the list, and what begins another. */
  talks: 'talks',
  talkList: 'talk-list',
  beginTalk: 'begin-talk',
  /** Tells that agents read what is being typed. */
  typingPreview: 'typing-preview',
} as const

export const consoleIds = {
  presence: 'presence',
  reason: 'reason',
  capacity: 'capacity',
  /** With `data-conversation`, as item and waiting have. */
  offer: 'offer',
  /** Somebody else was faster; with `data-conversation`. */
  gone: 'gone',
  accept: 'accept',
  decline: 'decline',
  item: 'item',
  waiting: 'waiting',
  take: 'take',
  queue: 'queue',
  /** With `data-view`. */
  view: 'view',
  mention: 'mention',
  done: 'done',
  recorded: 'recorded',
  search: 'search',
  found: 'found',
  transcript: 'transcript',
  /** The way back to the newest entry. */
  toEnd: 'to-end',
  /** With `data-state`, `data-seq`, and `data-type` of the entry's body. */
  entry: 'entry',
  composer: 'composer',
  send: 'send',
  note: 'note-toggle',
  replies: 'replies',
  callReply: 'call-reply',
  /** The colleagues who look on; each a `.who` with `data-writing`. */
  colleagues: 'colleagues',
  /** What a colleague has begun, with `data-by` and `data-kind`. */
  draft: 'draft',
  preview: 'preview',
  replyButtons: 'reply-buttons',
  /** The answers that a message offers. */
  offered: 'offered',
  /** What a draft names that nobody knows. */
  missing: 'missing',
  typing: 'typing',
  /** What the customer has typed so far. */
  peek: 'peek',
  marks: 'marks',
  retry: 'retry',
  takeBack: 'take-back',
  /** A reply that its writer is asked about. */
  stale: 'stale',
  sendStale: 'send-stale',
  editStale: 'edit-stale',
  discardStale: 'discard-stale',
  close: 'close',
  finish: 'finish',
  transfer: 'transfer',
  consult: 'consult',
  /** With `data-state` of asked or joined. */
  consulting: 'consulting',
  hold: 'hold',
  holding: 'holding',
  resume: 'resume',
  handed: 'handed',
  pullBack: 'pull-back',
  extend: 'extend',
  snooze: 'snooze',
  wake: 'wake',
  laid: 'laid-aside',
  interrupted: 'interrupted',
  /** What kind of work it is, with `data-medium`; nothing of a chat. */
  medium: 'medium',
  about: 'about',
  details: 'details',
  earlier: 'earlier',
  merge: 'merge',
  unmerge: 'unmerge',
  unsplit: 'unsplit',
  more: 'more',
  split: 'split',
  origin: 'origin',
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
