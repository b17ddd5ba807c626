/** Structured logs: one JSON object a line, without personal data. */

export type Level = 'info' | 'warn' | 'error'

/** Logs an event. Give ids and codes, never names, addresses, texts or tokens. */
export function log(level: Level, event: string, facts: Record<string, unknown> = {}): void {
  console[level](JSON.stringify({ level, event, ...facts }))
}
