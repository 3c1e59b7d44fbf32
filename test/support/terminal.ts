import { stripVTControlCharacters } from 'node:util'
import { spawn } from '@lydell/node-pty'
import { expect, onTestFinished } from 'vitest'
import { bin, cleanEnv } from './run-command.js'

export interface Terminal {
  /** Resolves once the text was printed after the last one that was waited for. */
  until(text: string): Promise<void>
  type(keys: string): void
  resize(columns: number, rows: number): void
  /** Everything that was printed, with its control sequences. */
  readonly raw: () => string
  readonly exited: Promise<number>
}

interface TerminalOptions {
  readonly rows?: number
  readonly onData?: (data: string) => void
}

/** Runs the built command in a real pseudo-terminal. */
export function openTerminal(
  given: Readonly<Record<string, string>>,
  args: readonly string[],
  columns = 80,
  { rows = 40, onData = () => {} }: TerminalOptions = {},
): Terminal {
  const env = { ...cleanEnv, ...given, TERM: 'xterm-256color' }
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const child = spawn(process.execPath, [bin, ...args], {
    cols: columns,
    rows,
    env: Object.fromEntries(set),
  })
  let printed = ''
  let seen = 0
  let look = () => {}
  child.onData((data) => {
    printed += data
    onData(data)
    look()
  })
  const exited = new Promise<number>((resolve) => child.onExit(({ exitCode }) => resolve(exitCode)))
  onTestFinished(() => child.kill())
  return {
    raw: () => printed,
    exited,
    type: (keys) => child.write(keys),
    resize: (width, height) => child.resize(width, height),
    until: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const at = stripVTControlCharacters(printed).indexOf(text, seen)
          if (at < 0) return
          seen = at + text.length
          resolve()
        }
        setTimeout(
          () => reject(new Error(`no “${text}” after 8 s:\n${stripVTControlCharacters(printed)}`)),
          8_000,
        ).unref()
        exited.then((code) => reject(new Error(`ended with ${code} before “${text}”:\n${printed}`)))
        look()
      }),
  }
}

/** Whatever hid the cursor has shown it again. */
export function expectSane(raw: string): void {
  expect(raw.lastIndexOf('\u001b[?25h')).toBeGreaterThanOrEqual(raw.lastIndexOf('\u001b[?25l'))
}
