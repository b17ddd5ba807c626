/** The places of those who look after the house; each is loaded when somebody goes there. */

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
