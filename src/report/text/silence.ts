import type { Page } from '../page.js'
import { waited } from './sentences.js'

/** Nothing heard for so long is worth a word. */
export const silentMs = 5_000
const againMs = 15_000

/** Says on a log that the run is alive while nothing else is said. */
export interface SilenceWatch {
  /**
   * Something came, or something is now waited for; `subject` as in `waiting for an answer of AWS`, `passedMs` how long
   * it has been waited for already.
   */
  heard(subject: string, afterMs?: number, passedMs?: number): void
  /** Nothing is waited for any more. */
  stop(): void
}

/** A line after 5 seconds of silence, then one each 15 seconds. The timer holds no process. */
export function watchSilence(page: Pick<Page, 'accessible'>, say: (line: string) => void): SilenceWatch {
  let timer: NodeJS.Timeout | undefined
  const stop = () => clearTimeout(timer)
  const wait = (subject: string, passedMs: number, inMs: number) => {
    timer = setTimeout(() => {
      say(`Still waiting for ${subject}, ${waited(page, passedMs + inMs)}`)
      wait(subject, passedMs + inMs, againMs)
    }, inMs)
    timer.unref()
  }
  return {
    heard: (subject, afterMs = silentMs, passedMs = 0) => {
      stop()
      wait(subject, passedMs, afterMs)
    },
    stop,
  }
}
