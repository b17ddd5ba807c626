/** The words of the page on how staff sign in. */
import { catalogue } from './locale.ts'

const en = {
  lifetime: 'Signed in for at most, in hours',
  idle: 'Signed out when nothing is done for, in minutes',
  totp: 'Roles that need a second factor',
  totpHint: 'Whoever has none yet is asked to set one up at the next sign-in.',
  oidc: 'Staff may sign in with the company’s identity provider (OpenID Connect)',
  issuer: 'Issuer',
  issuerHint: 'As https://login.example.com.',
  clientId: 'Client ID',
  secret: 'The client’s secret is kept under Keys, Secrets.',
}

const zh: typeof en = {
  lifetime: '登录最长有效时间（小时）',
  idle: '无操作多久后退出（分钟）',
  totp: '须第二重验证的角色',
  totpHint: '尚未设置者在下次登录时设置。',
  oidc: '员工可用公司的身份提供方登录（OpenID Connect）',
  issuer: '签发者',
  issuerHint: '如 https://login.example.com。',
  clientId: '客户端 ID',
  secret: '客户端密钥保存在“密钥”的“机密”页。',
}

export const accessWords = catalogue({ en, zh })
