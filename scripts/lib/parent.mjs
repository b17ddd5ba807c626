/** Calls back when npm, having started this process, is gone without a word: it was killed and could pass nothing on. */
export function onNpmGone(callback) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    callback()
  }, 500)
  timer.unref()
}
