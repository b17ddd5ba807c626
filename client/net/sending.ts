/** One request with a body whose way up can be watched: `fetch` cannot tell how much of it has gone. */

import type { Send, Sent } from './upload-ports.ts'

/** A line on which nothing moved for this long is dead, in ms: nobody else would say so. */
const STALLED = 30_000

export const send: Send = ({ method, url, headers, body, signal, progress }) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    let stalled = setTimeout(stop, STALLED)
    const end = (sent: Sent | null) => {
      clearTimeout(stalled)
      signal.removeEventListener('abort', stop)
      resolve(sent)
    }
    request.open(method, url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded }) => {
      clearTimeout(stalled)
      stalled = setTimeout(stop, STALLED)
      progress(loaded)
    }
    request.onload = () => end({ status: request.status, value: jsonOf(request.responseText) })
    request.onerror = request.onabort = request.ontimeout = () => end(null)
    if (signal.aborted) return end(null)
    signal.addEventListener('abort', stop)
    request.send(body)
  })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
