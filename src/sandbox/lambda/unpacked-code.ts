import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FunctionCode } from './state.js'

/** Code as a process can load it. */
export interface UnpackedCode {
  /** LAMBDA_TASK_ROOT, and the working directory of the handler. */
  readonly root: string
  /** Only for code by path: the file itself. */
  readonly file: string | undefined
  /** Changes when the file was edited, so that the next invocation takes the new code. */
  readonly stamp: string
}

/**
 * Writes an archive's files to a fresh directory that only this user can read; code by path stays where it is.
 * Synchronous: archives of handlers are small, and an invocation waits for it anyway.
 */
export function unpackCode(code: FunctionCode): UnpackedCode {
  if (code.kind === 'path') return { root: dirname(code.file), file: code.file, stamp: stampOf(code) }
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sqs-trigger-function-')))
  for (const [name, bytes] of code.files) {
    const file = join(root, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
  return { root, file: undefined, stamp: stampOf(code) }
}

export function removeUnpacked(code: FunctionCode, unpacked: UnpackedCode): void {
  if (code.kind === 'zip') rmSync(unpacked.root, { recursive: true, force: true })
}

/** What tells two states of the code apart. */
export function stampOf(code: FunctionCode): string {
  if (code.kind === 'zip') return code.sha256
  const found = statSync(code.file, { throwIfNoEntry: false })
  return found ? `${found.mtimeMs} ${found.size}` : 'missing'
}
