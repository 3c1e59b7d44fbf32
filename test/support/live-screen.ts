import headless from '@xterm/headless'
import { onTestFinished } from 'vitest'
import { openTerminal, type Terminal } from './terminal.js'

/** What was printed last may come after `exited`: it is to be waited for with `shows`. */
export interface Screen extends Pick<Terminal, 'type' | 'exited' | 'raw' | 'kill' | 'close'> {
  /** What a person sees now, and what scrolled out of sight; lines without blanks at their end. */
  lines(): readonly string[]
  /** Resolves once this can be seen. */
  shows(text: string): Promise<void>
  /**
   * Resolves once this is the question that is open. Where the one before was the same, its answer is to be waited for
   * first.
   */
  asks(text: string): Promise<void>
  /** Every question that was ever seen open, by its first words. */
  readonly questions: ReadonlySet<string>
  resize(columns: number, rows: number): void
}

/** Runs the built command on a terminal that is drawn as a terminal draws it. */
export function openScreen(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  {
    columns = 80,
    rows = 30,
    ...more
  }: { readonly columns?: number; readonly rows?: number; readonly stdoutFile?: string } = {},
): Screen {
  const drawn = new headless.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true })
  const questions = new Set<string>()
  const waiting = new Set<() => void>()
  const look = () => {
    for (const line of lines()) {
      const question = /^\? ([^(…]*\w)/.exec(line)?.[1]
      if (question !== undefined) questions.add(question)
    }
    for (const one of waiting) one()
  }
  // It is drawn by what VS Code draws with, which resizes in a way of its own.
  const terminal = openTerminal({ TERM_PROGRAM: 'vscode', ...env }, args, columns, {
    rows,
    ...more,
    onData: (data) => drawn.write(data, look),
  })
  onTestFinished(() => drawn.dispose())

  function lines(): readonly string[] {
    const { active } = drawn.buffer
    const all = Array.from({ length: active.length }, (_, row) =>
      (active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
    )
    return all.slice(0, all.findLastIndex((line) => line !== '') + 1)
  }

  function until(what: string, holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!holds()) return
        waiting.delete(check)
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(
        () => reject(new Error(`no “${what}” after 8 s:\n${lines().join('\n')}`)),
        8_000,
      )
      waiting.add(check)
      check()
    })
  }

  return {
    type: terminal.type,
    exited: terminal.exited,
    kill: terminal.kill,
    close: terminal.close,
    raw: terminal.raw,
    lines,
    questions,
    shows: (text) => until(text, () => lines().some((line) => line.includes(text))),
    asks: (text) =>
      until(text, () => {
        const open = lines().findLast((line) => /^\? /.test(line))
        return open?.includes(text) ?? false
      }),
    resize: (width, height) => {
      drawn.resize(width, height)
      terminal.resize(width, height)
    },
  }
}
