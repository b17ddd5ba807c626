/** Sentences for what a schema finds wrong: its small build brings none along. Edge and console say the same. */
import type * as z from 'zod/mini'

export function explain(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be of type ${issue.expected}`
    case 'too_small':
      return `must have at least ${issue.minimum}`
    case 'too_big':
      return `must have at most ${issue.maximum}`
    case 'invalid_format':
      return `must be a valid ${issue.format}`
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`
    case 'unrecognized_keys':
      return `holds unknown fields: ${issue.keys.join(', ')}`
    case 'custom':
      // A check of our own that can say what is wrong does so; the others only say that it is.
      return issue.message === 'Invalid input' ? 'is not valid' : issue.message
    default:
      return 'is not valid'
  }
}
