import { Readable, Writable } from 'node:stream'
import type { Host } from '../../src/cli/streams.js'

export interface FakeHost {
  readonly host: Host
  /** What was written so far. */
  stdout(): string
  stderr(): string
}

export interface FakeHostOptions {
  readonly env?: Host['env']
  readonly stdin?: string
  /** Terminal on all three streams. Default: none is. */
  readonly terminal?: boolean
  readonly columns?: number
}

/** A process that exists only in this test: arguments in, two texts out. */
export function fakeHost(argv: readonly string[], options: FakeHostOptions = {}): FakeHost {
  const { terminal = false, columns = 80 } = options
  const stdout = collector(terminal, columns)
  const stderr = collector(terminal, columns)
  const stdin = Object.assign(Readable.from([options.stdin ?? '']), { isTTY: terminal })
  return {
    host: {
      argv,
      env: { COLUMNS: String(columns), ...options.env },
      stdin,
      stdout: stdout.stream,
      stderr: stderr.stream,
    },
    stdout: stdout.text,
    stderr: stderr.text,
  }
}

function collector(isTTY: boolean, columns: number) {
  const chunks: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk))
      done()
    },
  })
  return { stream: Object.assign(stream, { isTTY, columns }), text: () => chunks.join('') }
}
