/** The places of the console beside the inbox, and their pages: as data, so that whoever lists the screens forgets none. */

export const officeNames = [
  'floor',
  'reports',
  'whatif',
  'audit',
  'staff',
  'operations',
  'keys',
  'organisation',
  'plans',
  'versions',
] as const
export type OfficeName = (typeof officeNames)[number]

/** The pages of each, in the order of their links; the first is what the bare address shows. */
export const officePages = {
  floor: ['tables', 'wall'],
  reports: ['queues', 'agents'],
  whatif: ['day'],
  audit: ['acts'],
  staff: ['people', 'teams'],
  operations: ['status'],
  keys: ['keys', 'secrets'],
  organisation: [
    'queues',
    'media',
    'hours',
    'tags',
    'dispositions',
    'replies',
    'skills',
    'fields',
    'customers',
    'widget',
    'flows',
    'work',
    'access',
    'rules',
  ],
  plans: ['list'],
  versions: ['list'],
} as const satisfies Record<OfficeName, readonly [string, ...string[]]>
export type OfficePage<O extends OfficeName> = (typeof officePages)[O][number]
