import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import type { Output } from '../../report/streams.js'

type Stream = Output['stream']

/** What a prompt draws over and over, and knows how to take away only in the width that it was drawn in. */
export interface PromptFrame {
  /** What the prompt is to draw on. */
  readonly output: Writable
  /**
   * Takes the frame away after the window was resized, also where the terminal broke its lines anew, and leaves the
   * cursor where the prompt expects it.
   */
  clear(): void
}

/** All that was drawn, the lines that the cursor was moved up again, and its column; all of it as inquirer writes it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: movements of the cursor
const drawnFrame = /^([\s\S]*?)(?:\u001b\[(\d+)A)?\u001b\[(\d+)G$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: a movement of the cursor
const movedInLine = /^\u001b\[(\d+)G$/
/** After this nothing is left of the frame before. */
const erased = '\u001b[2K\u001b[G'

/** Follows what a prompt writes on the stream, to know its frame. */
export function openPromptFrame(
  stream: Stream,
  env: Readonly<Record<string, string | undefined>>,
): PromptFrame {
  // Terminals keep the cursor at its letter when they break lines anew. xterm.js moves it as many rows down as all
  // lines became more, those below it too, and leaves its own line: https://github.com/xtermjs/xterm.js (Buffer.ts).
  const sinks = env.TERM_PROGRAM === 'vscode'
  let lines: readonly string[] = []
  let cursor = { line: 0, column: 0 }

  const follow = (text: string) => {
    const moved = movedInLine.exec(text)?.[1]
    if (moved !== undefined) {
      cursor = { ...cursor, column: Number(moved) - 1 }
      return
    }
    const at = text.lastIndexOf(erased)
    const [, content = '', raised = '0', column = '1'] =
      drawnFrame.exec(at < 0 ? text : text.slice(at + erased.length)) ?? []
    lines = stripVTControlCharacters(content).split('\n')
    cursor = { line: lines.length - 1 - Number(raised), column: Number(column) - 1 }
  }
  const output = new Writable({
    decodeStrings: false,
    write: (chunk: string | Buffer, _encoding, done) => {
      follow(String(chunk))
      stream.write(chunk)
      done()
    },
  })
  // Prompts ask what they draw on how wide it is.
  Object.defineProperty(output, 'columns', { get: () => stream.columns })

  return {
    output,
    clear: () => {
      const columns = stream.columns || 80
      const height = ({ length }: string) => Math.max(1, Math.ceil(length / columns))
      const heightOf = (some: readonly string[]) => some.reduce((sum, line) => sum + height(line), 0)
      const below = lines.slice(cursor.line + 1)
      const rows =
        heightOf(lines.slice(0, cursor.line)) +
        (sinks ? heightOf(below) - below.length : Math.floor(cursor.column / columns))
      // tmux keeps all of a screen that is erased from its first letter: this begins one line below.
      const erase = `\u001b[2K\n\u001b[J${upBy(1)}`
      // Room below is made: the prompt goes down to the end of its frame before it takes that away.
      const room = `${'\n'.repeat(lines.length - 1)}${upBy(lines.length - 1 - cursor.line)}`
      stream.write(`\r${upBy(rows)}${erase}${room}`)
    },
  }
}

const upBy = (rows: number) => (rows > 0 ? `\u001b[${rows}A` : '')
