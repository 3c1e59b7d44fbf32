import type { Readable } from 'node:stream'
import type { Wire } from '../aws/connection/connection.js'
import type { Clock } from '../clock.js'
import type { HostOutput, Output, Streams } from '../report/streams.js'

/** What the operating system hands to the process. `main.ts` fills it; tests give their own. */
export interface Host {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[]
  /** How this program itself is started, for a command that has to start it again. */
  readonly self?: readonly string[]
  /** Typed by another command of ours, which says itself how a signal ended it. */
  readonly nested?: true
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: HostOutput
  readonly stderr: HostOutput
  /** Asks the engine to keep its memory small from now on, at the cost of speed. */
  readonly saveMemory?: () => void
  /** In place of the machine's own time and network. */
  readonly surroundings?: { readonly clock: Clock; readonly wire: Wire }
}

export interface StreamChoices {
  /** `--no-color` is false, `--color` true, neither undefined. */
  readonly color: boolean | undefined
  readonly ascii: boolean
  /** `--accessible` is true, `--no-accessible` false; neither: as the environment says. */
  readonly accessible?: boolean | undefined
  /** false with `--no-input`. */
  readonly input: boolean
}

/** Wide lines are hard to read; text is laid out for no more than this. */
const widest = 100
const usual = 80
const narrowest = 20

/** Decides once which stream may colour, repaint and ask, and whether what is written is read aloud. */
export function openStreams(host: Host, choices: StreamChoices): Streams {
  const ci = isOn(host.env.CI)
  // Other programs for the terminal read the same variable.
  const accessible = choices.accessible ?? isOn(host.env.ACCESSIBLE)
  const output = (stream: HostOutput): Output => {
    const terminal = stream.isTTY === true
    return {
      stream,
      terminal,
      colour: mayColour(terminal, choices.color, host.env, ci),
      // Repainting counts lines, so it needs the width; a pseudo-terminal may have none and says 0.
      animate: terminal && !ci && !accessible && host.env.TERM !== 'dumb' && stream.columns !== 0,
      // Asked again for every text: a window may be resized.
      get columns() {
        return columnsOf(stream, host.env)
      },
      get tableColumns() {
        return terminal || host.env.COLUMNS ? columnsOf(stream, host.env) : Number.POSITIVE_INFINITY
      },
      unicode: !choices.ascii && hasUnicode(host.env),
      accessible,
      write: (text) => {
        stream.write(text)
      },
    }
  }
  return {
    stdin: host.stdin,
    stdout: output(host.stdout),
    stderr: output(host.stderr),
    // Where nothing may be repainted, questions are answered by lines: see `line-prompter.ts`.
    canPrompt: choices.input && host.stdin.isTTY === true && host.stderr.isTTY === true && !ci,
  }
}

/**
 * Flag, then FORCE_COLOR, then NO_COLOR, then the terminal: the order in which Node itself decides, so that
 * libraries and we agree. https://nodejs.org/api/cli.html#force_color1-2-3 https://no-color.org
 */
function mayColour(terminal: boolean, flag: boolean | undefined, env: Host['env'], ci: boolean): boolean {
  if (flag !== undefined) return flag
  const forced = env.FORCE_COLOR
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (env.NO_COLOR) return false
  return terminal && !ci && env.TERM !== 'dumb'
}

const isOn = (variable: string | undefined) => !['', '0', 'false'].includes(variable ?? '')

/** The locale as POSIX ranks its variables; without any of them (Windows, bare containers) UTF-8 is assumed. */
function hasUnicode(env: Host['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ''
  return locale === '' || /utf-?8/i.test(locale)
}

function columnsOf(stream: HostOutput, env: Host['env']): number {
  const columns = stream.isTTY ? stream.columns : Number(env.COLUMNS || usual)
  if (columns === undefined || !Number.isInteger(columns) || columns <= 0) return usual
  return Math.min(widest, Math.max(narrowest, columns))
}
