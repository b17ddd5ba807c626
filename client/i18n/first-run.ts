/** The words of the pane in which no conversation is open: what to do next. */
import { catalogue } from './locale.ts'

const en = {
  title: 'Your first talk',
  lead: 'Nobody has written yet. Three steps, and somebody can.',
  add: 'Add the chat to your pages',
  addHow: 'One line of HTML brings it to every page that has it. You can also try it right here.',
  addAsk: 'Ask a manager for the line of HTML. You can also try the chat right here.',
  snippet: 'Look and snippet',
  asCustomer: 'Open the chat as a customer',
  queues: 'Choose your queues',
  queuesHow: 'Contacts wait in queues. You are in none yet, so nothing can ring here.',
  queuesAsk: 'You are in no queue yet, so nothing can ring here. Ask a manager.',
  toQueues: 'Your work',
  available: 'Become available',
  availableHow: 'Contacts ring only at agents who are available.',
  talk: 'Have your first talk',
  talkHow: 'Write something in the chat. It rings here: accept it, and answer.',
  done: 'Done',
  choose: 'Choose a conversation on the left.',
  waitsForYou: 'You are available. The next contact rings here.',
  notAvailable: 'Nothing rings while you are not available.',
}

const zh: typeof en = {
  title: '你的第一次会话',
  lead: '还没有人留言。三步即可开始。',
  add: '把聊天加到你的网页',
  addHow: '一行 HTML 即可让网页带上聊天，也可以先在这里试用。',
  addAsk: '向经理索取那行 HTML，也可以先在这里试用聊天。',
  snippet: '外观与代码',
  asCustomer: '以客户身份打开聊天',
  queues: '选择你的队列',
  queuesHow: '联络在队列中等待。你还不在任何队列中，因此不会派单。',
  queuesAsk: '你还不在任何队列中，因此不会派单。联系经理。',
  toQueues: '你的接待范围',
  available: '设为空闲',
  availableHow: '只有空闲的坐席才会接到派单。',
  talk: '进行第一次会话',
  talkHow: '在聊天里写点什么，派单会出现在这里：接受并回复。',
  done: '已完成',
  choose: '在左侧选择会话。',
  waitsForYou: '你处于空闲状态，新会话会在此派单。',
  notAvailable: '不处于空闲状态时不会派单。',
}

export const firstRunWords = catalogue({ en, zh })
