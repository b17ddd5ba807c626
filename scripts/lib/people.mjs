// Names, e-mail addresses, roles and passwords as the administrator's commands take them: the same as the API does.
import { SignIn } from '../../core/protocol/api.ts'
import { staffRoles } from '../../core/protocol/principal.ts'
import { newPassword as made } from '../../worker/auth/passwords.ts'
import { PlainError } from './args.mjs'
import { readSecret } from './prompt.mjs'

export const roles = staffRoles
const shortest = 10

export function emailOf(text) {
  const parsed = SignIn.shape.email.safeParse(text)
  if (!parsed.success) throw new PlainError(`"${text}" is no e-mail address.`)
  return parsed.data
}

export function roleOf(text) {
  if (!roles.includes(text)) throw new PlainError(`There is no role "${text}". Known: ${roles.join(', ')}.`)
  return text
}

/** What a person is called, or an organisation. */
export function labelOf(text, what) {
  const label = text.trim()
  if (label === '' || label.length > 80 || /\p{Cc}/u.test(label))
    throw new PlainError(`The ${what} must have 1 to 80 characters.`)
  return label
}

/** Leads every actor's name and every session's token. */
export function organisationOf(text) {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(text)) return text
  throw new PlainError(`The organisation's id must be lower-case letters, digits and -, not "${text}".`)
}

/** The key of an agent in the configuration too. */
export function staffIdOf(text) {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(text)) return text
  throw new PlainError(`The id must be 1 to 64 letters, digits, - or _, not "${text}": say --id.`)
}

/** A new password: read from standard input when that was said, else made here. */
export async function newPassword(fromInput) {
  if (!fromInput) return { password: made(), made: true }
  const password = await readSecret('New password: ')
  const { success } = SignIn.shape.password.safeParse(password)
  if (!success || password.length < shortest)
    throw new PlainError(`A password must have ${shortest} to 200 characters.`)
  return { password, made: false }
}
