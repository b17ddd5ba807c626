/** What reads a value from outside: a schema of zod, or its print. */
export interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false }
}
