/** What becomes of each table in a rebuild and in a backup. Every table is in one of these lists; a test holds that. */

/** Mirrors of what actors know: a rebuild empties them, a backup leaves them out, and the actors tell them anew. */
export const projected = ['conversations', 'facets', 'entries', 'segments', 'agent_intervals'] as const

/** Over in days, or of one installation only: a rebuild leaves them alone, and so does a backup. */
export const passing = [
  'errands',
  'troubles',
  'sessions',
  'kept_answers',
  'uploads',
  'upload_parts',
  'duty_runs',
] as const

/** What nobody else knows: a rebuild leaves them alone, a backup keeps them. The audit is told by actors too, but once. */
export const owned = [
  ...['organisations', 'staff', 'second_factors', 'recovery_codes', 'secrets', 'api_keys'],
  ...['customers', 'customer_details', 'identifiers', 'erasures', 'audit'],
] as const
