import type { Readable, Writable } from 'node:stream'

/** A stream of the process. */
export type HostOutput = Writable & {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/** One output and what it may be given. Judged apart: either may be piped while the other is a terminal. */
export interface Output {
  write(text: string): void
  readonly stream: HostOutput
  readonly terminal: boolean
  readonly colour: boolean
  /** Repainting, of a line by a spinner or of a question by its prompt: where it is false, lines only come after lines. */
  readonly animate: boolean
  /** Columns to lay text out for now. */
  readonly columns: number
  /** The same for tables: what is read by programs is cut only where COLUMNS says so. */
  readonly tableColumns: number
  /** false: only ASCII may be written. */
  readonly unicode: boolean
  /** For a screen reader: words for symbols, no columns and no pictures. */
  readonly accessible: boolean
}

export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Output
  readonly stderr: Output
  /** A person is there to answer, and allows to be asked. */
  readonly canPrompt: boolean
}
