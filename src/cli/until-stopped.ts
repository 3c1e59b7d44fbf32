/** How long a call that takes no notice of the signal may still come to its end. */
const usualGraceMs = 1_000

/**
 * The result of `work`, or the signal's reason when the work is still not done a moment after the signal: an
 * endpoint that hangs must not hold a person who pressed Ctrl-C. `hurry`, a second Ctrl-C, takes that moment away.
 * @param graceMs that moment; longer for work that ends by itself, and knows what became of each of its changes
 */
export async function untilStopped<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
  hurry?: AbortSignal,
  graceMs = usualGraceMs,
): Promise<Result> {
  let giveUp = () => {}
  let leave = () => {}
  let timer: NodeJS.Timeout | undefined
  const stopped = new Promise<never>((_, reject) => {
    giveUp = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs)
    }
    leave = () => reject(signal.reason)
  })
  if (signal.aborted) giveUp()
  signal.addEventListener('abort', giveUp, { once: true })
  hurry?.addEventListener('abort', leave, { once: true })
  try {
    return await Promise.race([work, stopped])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
    hurry?.removeEventListener('abort', leave)
  }
}
