import { StringDecoder } from 'node:string_decoder'
import type { Host } from '../streams.js'

/** Lines that a person types. The terminal edits them; nothing is written here. */
export interface LineReader {
  /**
   * The next line, without its end; undefined where there will be none, as after Ctrl-D. What was typed ahead is taken
   * first, as in a shell. Rejects with the reason of the signal.
   */
  next(signal: AbortSignal): Promise<string | undefined>
}

/** Reads only while a line is waited for: a program that is started in between has the terminal to itself. */
export function openLineReader(stdin: Host['stdin']): LineReader {
  const decoder = new StringDecoder('utf8')
  let typed = ''
  let ended = false

  return {
    next: (signal) =>
      new Promise((resolve, reject) => {
        const leave = () => {
          stdin.pause()
          stdin.off('data', onData).off('end', onEnd).off('error', onEnd)
          signal.removeEventListener('abort', onAbort)
        }
        const look = () => {
          const end = typed.indexOf('\n')
          // A line without its end was left with Ctrl-D: it is no answer.
          if (end < 0 && !ended && !stdin.readableEnded && !stdin.destroyed) return false
          leave()
          resolve(end < 0 ? undefined : typed.slice(0, end).replace(/\r$/, ''))
          typed = end < 0 ? '' : typed.slice(end + 1)
          return true
        }
        const onData = (chunk: Buffer | string) => {
          typed += typeof chunk === 'string' ? chunk : decoder.write(chunk)
          look()
        }
        const onEnd = () => {
          ended = true
          look()
        }
        const onAbort = () => {
          leave()
          reject(signal.reason)
        }
        if (signal.aborted) return onAbort()
        if (look()) return
        signal.addEventListener('abort', onAbort)
        // A terminal that was hung up answers with an error.
        stdin.on('end', onEnd).on('error', onEnd).on('data', onData)
        stdin.resume()
      }),
  }
}
