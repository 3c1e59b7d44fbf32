import { SqsTriggerError } from '../errors.js'
import { jsonText } from '../json-text.js'
import { type DocumentFrame, jsonDocument, type ToldRun, toldRun } from './document.js'
import type { Outcome } from './outcome.js'
import { fill, pageOn, shown } from './page.js'
import { plainPalette } from './palette.js'
import type { Ending, Reporter } from './reporter.js'
import { emptyRecord, type RunRecord, recorded } from './run-record.js'
import type { Streams } from './streams.js'
import { failureLines } from './text/failure-lines.js'

export interface DocumentChoices extends Omit<DocumentFrame, 'startedAt' | 'elapsedMs'> {
  /** Also the causes of an error, with their stack. Default false. */
  readonly debug?: boolean
  /** Milliseconds since the epoch. Default: the machine's clock. */
  readonly now?: () => number
}

/**
 * Exactly one document on stdout, however the run ends, made by `render` of all that was told. On stderr stands the
 * error, if there is one: a document goes into a file or a pipe, where nobody sees it.
 */
export function openDocumentReporter(
  streams: Pick<Streams, 'stdout' | 'stderr'>,
  choices: DocumentChoices,
  render: (run: ToldRun) => string,
): Reporter {
  const { now = Date.now, debug = false, ...frame } = choices
  const started = now()
  let record: RunRecord = emptyRecord

  const write = (outcome: Outcome | null, error: SqsTriggerError | null, ending: Ending) => {
    const timing = { startedAt: new Date(started).toISOString(), elapsedMs: now() - started }
    const document = jsonDocument({ ...frame, ...timing }, record, { outcome, error, ending })
    try {
      streams.stdout.write(render(toldRun(document, outcome)))
      if (error !== null) tellError(streams, error, debug)
      return ending
    } catch (thrown) {
      if (!(thrown instanceof SqsTriggerError)) throw thrown
      // What was done must not be lost: the document stands there as a whole.
      const told = error ?? thrown
      const end = error ? ending : unrendered
      const whole = jsonDocument({ ...frame, ...timing }, record, { outcome, error: told, ending: end })
      streams.stdout.write(`${jsonText(whole, 2)}\n`)
      for (const one of new Set([thrown, told])) tellError(streams, one, debug)
      return end
    }
  }

  return {
    on: (event) => {
      record = recorded(record, event)
    },
    plan: () => {},
    note: () => {},
    detail: (line) => tellDetail(streams, line),
    pause: () => {},
    finish: (outcome, ending) => write(outcome, outcome.error ?? null, ending),
    fail: (error, ending) => {
      write(null, error, ending)
    },
  }
}

/** The exit code of a query that does not fit the answer. */
const unrendered: Ending = { exitCode: 2, exitName: 'USAGE' }

/** A line for people, as in text. */
export function tellDetail({ stderr }: Pick<Streams, 'stderr'>, line: string): void {
  const page = pageOn(stderr, plainPalette)
  for (const part of fill(page, shown(page, line), 0, 2)) stderr.write(`${part}\n`)
}

/** The error for people, as in text. */
export function tellError({ stderr }: Pick<Streams, 'stderr'>, error: SqsTriggerError, debug: boolean): void {
  const page = pageOn(stderr, plainPalette)
  for (const line of failureLines(page, error, { debug, hint: true })) stderr.write(`${line}\n`)
}
