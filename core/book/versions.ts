/** The versions that Book keeps: who published each, when and why; and what each says, which is read only when asked for. */
import type { Migration } from '../engine/migrations.ts'
import type { Cell, Rows, Tables } from '../engine/parts.ts'
import type { Published } from '../protocol/book-messages.ts'
import { Config, type ConfigVersion } from '../protocol/config.ts'
import { Shelf } from './shelf.ts'

/** Older versions are dropped. */
export const VERSIONS_KEPT = 50

/** Who publishes, and why. */
export interface Why {
  readonly by: string
  readonly note?: string | undefined
  /** The version whose content is brought back. */
  readonly returnTo?: number | undefined
}

/** What was stored may be of an earlier program, and lack what there was not then. */
interface Content {
  readonly config: unknown
}
type Fact = Pick<ConfigVersion, 'version' | 'at' | 'by'> & Partial<ConfigVersion>

export interface BookState {
  readonly newest: Cell<{ readonly version: number }>
  readonly facts: Rows<Fact>
  readonly contents: Shelf<Content>
}

export const openBook = (tables: Tables): BookState => ({
  newest: tables.cell<{ version: number }>('newest', { version: 0 }),
  facts: tables.rows<Fact>('version-facts'),
  contents: new Shelf<Content>(tables, 'versions'),
})

/** Once the facts of a version stood beside what it says. */
export const splitVersions: Migration = {
  number: 1,
  up(store) {
    store.exec(`INSERT INTO state (tab, key, body)
      SELECT 'version-facts', key, json_remove(body, '$.config') FROM state WHERE tab = 'versions'`)
  },
}

/** Stores a configuration as the next version, and forgets the oldest; its number. */
export function record(state: BookState, at: number, { by, note = '', returnTo }: Why, config: Config): number {
  const version = state.newest.get().version + 1
  state.facts.put(String(version), { version, at, by, note, returnTo: returnTo ?? null })
  state.contents.put(String(version), { config })
  state.facts.delete(String(version - VERSIONS_KEPT))
  state.contents.delete(String(version - VERSIONS_KEPT))
  state.newest.set({ version })
  return version
}

/** The versions that are kept, newest first. */
export function versions(state: BookState): ConfigVersion[] {
  const known = state.facts.values().map((fact) => ({ note: '', returnTo: null, ...fact }))
  return known.sort((a, b) => b.version - a.version)
}

export function newest(state: BookState): Published | null {
  const { version } = state.newest.get()
  const config = configOf(state, version)
  return config === undefined ? null : { version, config }
}

/** What a version says; what was published before a part of the configuration existed has that part's defaults. */
export function configOf(state: BookState, version: number): Config | undefined {
  const content = state.contents.get(String(version))
  if (content === undefined) return undefined
  const known = filled.get(content)
  if (known !== undefined) return known
  const config = Config.parse(content.config)
  filled.set(content, config)
  return config
}
const filled = new WeakMap<Content, Config>()
