/** The organisation's configuration as a place changes it: one part at a time, published as a version made from the newest. */
import type * as z from 'zod/mini'
import { PublishedConfig, PublishedVersion } from '../../../core/protocol/api.ts'
import { Config } from '../../../core/protocol/config.ts'
import { officeWords } from '../../i18n/office.ts'
import { newId } from '../../net/ids.ts'
import { type Called, call } from '../api.ts'
import { type Answer, useAnswer } from './answer.ts'
import type { FormState } from './form.tsx'

const path = '/api/v1/config'

export const useConfig = (): Answer<z.infer<typeof PublishedConfig>> => useAnswer(path, PublishedConfig)

/**
 * Publishes what `change` makes of the version on the screen; whether it was good. When somebody else was faster the newest
 * version comes on the screen, what was typed stays, and the form says so: saving again puts it on top of theirs.
 */
export async function publish(
  form: FormState,
  book: Answer<z.infer<typeof PublishedConfig>>,
  change: (config: Config) => Config,
  note: string,
): Promise<boolean> {
  if (book.now.at !== 'there') return false
  const { version, config } = book.now.value
  const next = form.check(Config, change(config))
  if (next === undefined) return false
  const query = new URLSearchParams({ base: String(version), note: note.slice(0, 200) })
  const put = (): Promise<Called<PublishedVersion | null>> =>
    call('PUT', `${path}?${query}`, PublishedVersion, next, { 'idempotency-key': newId() })
  const sent = await form.send(async () => {
    const answer = await put()
    // The newest version is on the screen before anybody can save again.
    if (answer.ok || answer.status === 409) await book.again()
    if (answer.ok || answer.status !== 409) return answer
    return { ...answer, errors: [{ field: '', message: officeWords.value.faster }] }
  })
  return sent !== undefined
}

/** A key for something new, out of its name; a made one for names without Latin letters or digits. */
export function keyFor(name: string, taken: Readonly<Record<string, unknown>>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  const stem =
    plain.replaceAll(/^-|-$/g, '').slice(0, 50) ||
    newId()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
      .slice(0, 12)
  for (let n = 1; ; n++) {
    const key = n === 1 ? stem : `${stem}-${n}`
    if (!Object.hasOwn(taken, key)) return key
  }
}

/** A record without one of its entries. */
export const without = <T>(all: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([other]) => other !== key))
