import { existsSync } from 'node:fs'
import { inRoot } from './paths.mjs'

/** The first Node 22 that runs TypeScript files as they are. */
export const oldestNode = '22.18'

export function nodeIsEnough(version) {
  const [major, minor] = version.replace('v', '').split('.').map(Number)
  const [wantedMajor, wantedMinor] = oldestNode.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/** The Node that the optional dependencies brought along, if they fit this machine. */
export function findNode() {
  return [
    inRoot('node_modules', `node-${process.platform}-${process.arch}`, 'bin/node'),
    inRoot('node_modules/.bin/node'),
  ].find((path) => existsSync(path))
}
