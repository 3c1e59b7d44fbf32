import xterm from '@xterm/headless'
import type { Colour, Run } from '../../scripts/draw-terminal.js'

/** The screen of a terminal: what a person sees after everything that was printed so far. */
export interface Screen {
  write(data: string): Promise<void>
  /** The visible rows as text, without blanks at their ends. */
  lines(): readonly string[]
  /** The visible rows as letters of one style each. */
  rows(): readonly (readonly Run[])[]
  resize(columns: number, rows: number): void
}

export function openScreen(columns: number, rows: number): Screen {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 5000 })
  const visible = () => {
    const buffer = terminal.buffer.active
    return Array.from({ length: terminal.rows }, (_, row) => buffer.getLine(buffer.viewportY + row))
  }
  return {
    write: (data) => new Promise((resolve) => terminal.write(data, resolve)),
    lines: () => visible().map((line) => line?.translateToString(true) ?? ''),
    rows: () => visible().map((line) => (line === undefined ? [] : runsOf(line))),
    resize: (to, high) => terminal.resize(to, high),
  }
}

type Line = NonNullable<ReturnType<xterm.Terminal['buffer']['active']['getLine']>>

function runsOf(line: Line): readonly Run[] {
  const runs: Run[] = []
  for (let column = 0; column < line.length; column++) {
    const cell = line.getCell(column)
    if (cell === undefined) continue
    const style = {
      colour: cell.isFgPalette() ? (palette[cell.getFgColor()] ?? null) : null,
      bold: cell.isBold() !== 0,
      dim: cell.isDim() !== 0,
    }
    const text = cell.getChars() || ' '
    const last = runs.at(-1)
    const same =
      last !== undefined && last.colour === style.colour && last.bold === style.bold && last.dim === style.dim
    if (same) runs[runs.length - 1] = { ...last, text: last.text + text }
    else runs.push({ text, column, ...style })
  }
  const end = runs.findLastIndex(({ text }) => text.trim() !== '')
  return runs
    .slice(0, end + 1)
    .map((run, index) => (index === end ? { ...run, text: run.text.trimEnd() } : run))
}

/** The colours of a terminal's first sixteen; black and white are the ink of the page. */
const palette: Readonly<Record<number, Colour>> = {
  1: 'red',
  2: 'green',
  3: 'yellow',
  4: 'blue',
  5: 'magenta',
  6: 'cyan',
  8: 'grey',
  9: 'red',
  10: 'green',
  11: 'yellow',
  12: 'blue',
  13: 'magenta',
  14: 'cyan',
}
