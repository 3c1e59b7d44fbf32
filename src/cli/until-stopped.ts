/** How long a call that takes no notice of the signal may still come to its end. */
const graceMs = 1_000

/**
 * The result of `work`, or the signal's reason when the work is still not done a moment after the signal: an
 * endpoint that hangs must not hold a person who pressed Ctrl-C.
 */
export async function untilStopped<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let giveUp = () => {}
  let timer: NodeJS.Timeout | undefined
  const stopped = new Promise<never>((_, reject) => {
    giveUp = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs)
    }
  })
  if (signal.aborted) giveUp()
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([work, stopped])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}
