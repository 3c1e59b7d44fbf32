/** What is needed of a standard stream: how a failed write is told. */
export interface FailingOutput {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
}

/** Exit codes that 1 comes before; a second time here, because nothing else is loaded at the start of the process. */
export const outrankedByFailure: readonly number[] = [3, 9, 8, 10, 0]

/**
 * A write that fails must not end the work: a mapping half-way is worse than a line that nobody reads. Node gives
 * each later write to a closed pipe the same error, so that it is dropped here, too. `| head -1` closes the pipe
 * while there is more to say: that is no failure. Anything else (a full disk) is told once, by `tell`.
 */
export function outliveWriteErrors(
  outputs: readonly FailingOutput[],
  tell: (sentence: string) => void,
): void {
  let failed = false
  for (const output of outputs) {
    output.on('error', ({ code, message }) => {
      if (code === 'EPIPE' || failed) return
      failed = true
      tell(`The output cannot be written: ${reasons[code ?? ''] ?? message}.`)
    })
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the device (ENOSPC)',
  EIO: 'the device reports an error (EIO)',
  EFBIG: 'the file would be too large (EFBIG)',
  EDQUOT: 'the disk quota is used up (EDQUOT)',
}
