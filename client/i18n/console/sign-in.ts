/** The words of signing in. */

export const en = {
  signIn: 'Sign in',
  signInLead: 'Sign in to take conversations.',
  email: 'E-mail',
  password: 'Password',
  wrong: 'E-mail or password is wrong.',
  tooMany: 'Too many attempts. Wait a moment, then try again.',
  unreachable: 'Parley cannot be reached. Check the connection, then try again.',
  signingIn: 'Signing in…',
}

export const zh: typeof en = {
  signIn: '登录',
  signInLead: '登录后即可接待客户。',
  email: '邮箱',
  password: '密码',
  wrong: '邮箱或密码有误。',
  tooMany: '尝试次数过多，请稍候再试。',
  unreachable: '无法连接 Parley。检查网络后重试。',
  signingIn: '正在登录…',
}
