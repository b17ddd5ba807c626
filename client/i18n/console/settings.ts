/** The words of the settings. */

export const en = {
  settings: {
    label: 'Pages of the settings',
    pages: { preferences: 'Preferences', shortcuts: 'Keys', security: 'Second factor' },
    here: 'These choices hold in this browser.',
    theme: 'Colours',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    density: 'Density',
    densities: { comfortable: 'Comfortable', compact: 'Compact' },
    singleKeys: 'Commands on single keys',
    holdBack: 'Hold replies for five seconds, so that they can be taken back',
    sounds: 'Sound when something rings or is said',
    notifies: 'Notifications on the desktop while I look elsewhere',
    notAllowed:
      'This browser does not allow notifications here. Allow them for this page in the browser’s own settings.',
    switches: { on: 'On', off: 'Off' },
    command: 'Command',
    keys: 'Keys',
    changeKeys: (command: string) => `Change the keys of “${command}”`,
    pressKey: 'Press a key',
    keysTaken: (command: string) => `“${command}” has this key. Press another.`,
    resetKeys: 'As they were at first',
  },
}

export const zh: typeof en = {
  settings: {
    label: '设置页面',
    pages: { preferences: '偏好', shortcuts: '快捷键', security: '第二重验证' },
    here: '以下选择仅在此浏览器生效。',
    theme: '颜色',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    density: '密度',
    densities: { comfortable: '宽松', compact: '紧凑' },
    singleKeys: '单键快捷操作',
    holdBack: '回复延迟五秒发送，期间可撤回',
    sounds: '有派单或新消息时发出声音',
    notifies: '不在看本页面时显示桌面通知',
    notAllowed: '此浏览器不允许本页面显示通知。请在浏览器设置中允许。',
    switches: { on: '开启', off: '关闭' },
    command: '命令',
    keys: '按键',
    changeKeys: (command) => `更改“${command}”的按键`,
    pressKey: '按下新按键',
    keysTaken: (command) => `“${command}”已使用此按键。换一个。`,
    resetKeys: '恢复默认按键',
  },
}
