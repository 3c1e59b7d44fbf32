/**
 * The promise, or the reason of the signal as soon as it is aborted: nobody waits for a hanging endpoint after Ctrl-C.
 * For reads only: a change that was sent has to be awaited, so that what exists can be told.
 */
export async function untilAborted<Value>(reading: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([reading, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
