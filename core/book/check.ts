/** What a schema cannot say of a configuration: that everything it points to is there. */
import { Config } from '../protocol/config.ts'
import { badInput, ok, type Result, refuse } from '../result.ts'
import { faultsIn } from './faults.ts'

/** The configuration with its defaults, or the first thing wrong with it, by the field's path. */
export function checkConfig(input: unknown): Result<Config> {
  const parsed = Config.safeParse(input)
  if (!parsed.success) return { ok: false, error: badInput(parsed.error) }
  for (const { message, field } of faultsIn(parsed.data)) return refuse('bad_input', message, { field })
  return ok(parsed.data)
}
