import { stripVTControlCharacters } from 'node:util'
import { spawn } from '@lydell/node-pty'
import { expect, onTestFinished } from 'vitest'
import { bin, cleanEnv } from './run-command.js'

export interface Terminal {
  /** Resolves once the text was printed after the last one that was waited for. */
  until(text: string): Promise<void>
  type(keys: string): void
  resize(columns: number, rows: number): void
  /** As `kill` does, to the command alone. */
  kill(signal: NodeJS.Signals): void
  /** Closes the window: nothing can be read or written any more. */
  close(): void
  /** Everything that was printed, with its control sequences. */
  readonly raw: () => string
  readonly exited: Promise<number>
}

interface TerminalOptions {
  readonly rows?: number
  readonly onData?: (data: string) => void
  /** Gets what the command prints to stdout; the questions stay on the terminal. */
  readonly stdoutFile?: string
}

/** Runs the built command in a real pseudo-terminal. */
export function openTerminal(
  given: Readonly<Record<string, string>>,
  args: readonly string[],
  columns = 80,
  { rows = 40, onData = () => {}, stdoutFile }: TerminalOptions = {},
): Terminal {
  const env = { ...cleanEnv, TERM: 'xterm-256color', ...given }
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const redirected = ['-c', `exec "$0" "$@" > '${stdoutFile}'`, process.execPath, bin, ...args]
  const [program, words] = stdoutFile === undefined ? [process.execPath, [bin, ...args]] : ['sh', redirected]
  const child = spawn(program, words, {
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
    kill: (signal) => child.kill(signal),
    // Of every terminal but those of Windows; the types leave it out.
    close: () => (child as unknown as { destroy(): void }).destroy(),
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

/** Lines came after lines: no cursor was moved, nothing was erased or written over; colours are allowed. */
export function expectOnlyLines(raw: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are looked for
  const text = raw.replace(/\u001b\[[\d;]*m/g, '').replaceAll('\r\n', '\n')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything but the end of a line is looked for
  expect(text.match(/.*[\u0000-\u0009\u000b-\u001f\u007f].*/g)).toBeNull()
}

/** Leaves a run with this key once this is shown, and returns the settings of the terminal afterwards. */
export function runInShell(
  given: Readonly<Record<string, string>>,
  args: readonly string[],
  shown: string,
  key: string,
): Promise<string> {
  const env = { ...cleanEnv, TERM: 'xterm-256color', ...given }
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  // Ctrl-C reaches the shell, too, which is to outlive it.
  const script = 'trap : INT; "$0" "$@"; echo SETTINGS; stty -a'
  const child = spawn('sh', ['-c', script, process.execPath, bin, ...args], {
    cols: 80,
    rows: 30,
    env: Object.fromEntries(set),
  })
  let printed = ''
  let pressed = false
  child.onData((data) => {
    printed += data
    if (pressed || !stripVTControlCharacters(printed).includes(shown)) return
    pressed = true
    child.write(key)
  })
  onTestFinished(() => child.kill())
  return new Promise((resolve) => child.onExit(() => resolve(printed.split('SETTINGS')[1] ?? '')))
}
