/** Long bodies: looked at while they pass, made while they are read, never held in memory whole. */

/** What an iterator makes, as it is asked for. */
export function streamOf(chunks: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return?.()
    },
  })
}

/** The first `most` bytes, or all there are, and a stream of everything from the beginning. */
export async function peek(body: ReadableStream<Uint8Array>, most: number) {
  const reader = body.getReader()
  const first: Uint8Array[] = []
  let size = 0
  while (size < most) {
    const { done, value } = await reader.read()
    if (done) break
    first.push(value)
    size += value.byteLength
  }
  const head = new Uint8Array(await new Blob(first).arrayBuffer()).subarray(0, most)
  const whole = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = first.shift()
      if (next !== undefined) return controller.enqueue(next)
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return { head, whole }
}

/**
 * Hands exactly `size` bytes to `take`; `undefined` when the body has more or fewer. The bucket wants to know the length
 * of a stream beforehand.
 */
export async function exactly<T>(
  body: ReadableStream<Uint8Array>,
  size: number,
  take: (stream: ReadableStream<Uint8Array>) => Promise<T>,
): Promise<T | undefined> {
  const { readable, writable } = new FixedLengthStream(size)
  let passed = 0
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      passed += chunk.byteLength
      controller.enqueue(chunk)
    },
  })
  const [taken] = await Promise.allSettled([take(readable), body.pipeThrough(counted).pipeTo(writable)])
  if (passed !== size) return undefined
  if (taken.status === 'rejected') throw taken.reason
  return taken.value
}
