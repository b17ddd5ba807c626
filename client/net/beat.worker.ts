/** Ticks once a second in a worker, because a browser slows the timers of pages in the background. */
setInterval(() => postMessage(0), 1_000)
