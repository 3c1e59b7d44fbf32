import { closeSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { isatty } from 'node:tty'
import { SqsTriggerError } from '../../errors.js'

type Standard = { readonly isTTY?: boolean }

/** The reason of a run that lost its terminal. */
export const terminalClosed = () => new SqsTriggerError('TERMINATED', 'The terminal was closed (SIGHUP).')

/** What a terminal that is gone answers to whoever still reads, writes or sets it. */
export function isTerminalGone(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return false
  const { code, syscall } = error
  if (syscall === 'setRawMode') return true
  return (syscall === 'read' || syscall === 'write') && ['EIO', 'ENOTCONN', 'EPIPE'].includes(String(code))
}

/**
 * Calls back where the terminal that answers are typed into is gone: no signal says so to a program that is not of its
 * foreground. Listening also keeps its errors from ending the process.
 */
export function onTerminalGone(stdin: Readable & Standard, listener: () => void): void {
  if (stdin.isTTY !== true) return
  stdin.on('error', (error) => {
    if (isTerminalGone(error)) listener()
  })
  // Ctrl-D ends what is typed, too, on a terminal that is still there.
  stdin.on('end', () => {
    if (!isatty(0)) listener()
  })
}

/**
 * As it exits, Node sets every terminal that it was started on back to what it was, and aborts where that fails: one
 * that is gone is closed before. https://github.com/nodejs/node/blob/v20.x/src/node.cc
 */
export function closeLostTerminals(streams: readonly Standard[]): void {
  for (const [fd, { isTTY }] of streams.entries()) {
    if (isTTY !== true || isatty(fd)) continue
    try {
      closeSync(fd)
    } catch {
      // Closed by somebody else.
    }
  }
}
