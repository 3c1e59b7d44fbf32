import type { Connection } from '../define-action.js'
import { onAvailable } from './availability.js'
import type { ReceivedMessage } from './message.js'
import type { Queue } from './state.js'

/**
 * Takes messages now, or as soon as there are some, for at most `waitMs` of the sandbox's time. Ends empty when
 * the client hangs up: what arrives later stays for others. Rejects with what `take` throws.
 */
export async function waitForMessages(
  queue: Queue,
  waitMs: number,
  connection: Connection | undefined,
  take: () => readonly ReceivedMessage[],
): Promise<readonly ReceivedMessage[]> {
  const atOnce = take()
  if (atOnce.length > 0 || waitMs === 0) return atOnce

  const goOn = connection?.park()
  try {
    return await new Promise((resolve, reject) => {
      const finish = (messages: readonly ReceivedMessage[]) => {
        stopListening()
        timer.cancel()
        connection?.signal.removeEventListener('abort', hangUp)
        resolve(messages)
      }
      const hangUp = () => finish([])
      const timer = queue.clock.after(waitMs, () => finish([]))
      const stopListening = onAvailable(queue, () => {
        try {
          const messages = take()
          if (messages.length > 0) finish(messages)
        } catch (error) {
          finish([])
          reject(error)
        }
      })
      connection?.signal.addEventListener('abort', hangUp)
    })
  } finally {
    goOn?.()
  }
}
