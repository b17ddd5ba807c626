// Configurations in YAML files: written, read with everything checked, and compared.
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse, stringify } from 'yaml'
import { checkConfig } from '../../core/book/check.ts'
import { changesBetween } from '../../core/book/diff.ts'
import { PlainError } from './args.mjs'

/** A published configuration as a file. */
export const toYaml = ({ version, config }) => stringify({ version, config }, { lineWidth: 120 })

/**
 * What a file says, with its defaults. `version` is the one it was made from, if it says so.
 * @returns {{ version: number | undefined, config: import('../../core/protocol/config.ts').Config }}
 */
export function readConfigFile(path) {
  const name = basename(path)
  if (!existsSync(path)) throw new PlainError(`There is no file ${path}.`)
  const { version, config: input, ...rest } = parseYaml(name, readFileSync(path, 'utf8'))
  const strange = Object.keys(rest)[0]
  if (strange !== undefined) throw new PlainError(`${name}: there is no field ${strange} beside version and config.`)
  if (version !== undefined && !Number.isInteger(version)) throw new PlainError(`${name}: version must be a number.`)
  const checked = checkConfig(input)
  if (!checked.ok) {
    const { field, message } = checked.error
    throw new PlainError(`${name}: ${field ? `config.${field}` : 'config'}: ${message}`)
  }
  // The schema drops what it does not know; in a file that is a slip of the pen.
  const unknown = unknownFields(input, checked.value, 'config')[0]
  if (unknown !== undefined) throw new PlainError(`${name}: there is no field ${unknown}.`)
  return { version, config: checked.value }
}

/** The file's text as it has to be after a version was published from it; comments and order stay. */
export const withVersion = (text, version) => text.replace(/^version: *\d+/m, `version: ${version}`)

/** What is different, a line each: `+` only in the second, `-` only in the first, `~` another value. */
export const differences = (before, after) => changesBetween(before, after).map(lineOf)

/** @param {import('../../core/protocol/config.ts').ConfigChange} change */
export function lineOf(change) {
  const text = (value) => JSON.stringify(value)
  if (change.kind === 'added') return `+ ${change.path}: ${text(change.after)}`
  if (change.kind === 'removed') return `- ${change.path}: ${text(change.before)}`
  return `~ ${change.path}: ${text(change.before)} → ${text(change.after)}`
}

function parseYaml(name, text) {
  try {
    const document = parse(text)
    if (isTree(document) && !Array.isArray(document)) return document
  } catch (error) {
    throw new PlainError(`${name}: ${error.message.split('\n')[0]}`)
  }
  throw new PlainError(`${name}: there is no configuration in it.`)
}

function unknownFields(given, known, path) {
  if (!isTree(given) || !isTree(known)) return []
  return Object.entries(given).flatMap(([key, value]) =>
    Object.hasOwn(known, key) ? unknownFields(value, known[key], `${path}.${key}`) : [`${path}.${key}`],
  )
}

const isTree = (value) => typeof value === 'object' && value !== null
