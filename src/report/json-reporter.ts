import type { Streams } from '../cli/streams.js'
import type { SqsTriggerError } from '../errors.js'
import { type DocumentFrame, jsonDocument } from './document.js'
import type { Outcome } from './outcome.js'
import type { Ending, Reporter } from './reporter.js'
import { emptyRecord, type RunRecord, recorded } from './run-record.js'

export interface JsonChoices extends Omit<DocumentFrame, 'startedAt' | 'elapsedMs'> {
  /** Milliseconds since the epoch. Default: the machine's clock. */
  readonly now?: () => number
}

/** Exactly one JSON document on stdout, however the run ends; nothing else anywhere. */
export function openJsonReporter(streams: Pick<Streams, 'stdout'>, choices: JsonChoices): Reporter {
  const { now = Date.now, ...frame } = choices
  const started = now()
  let record: RunRecord = emptyRecord

  const write = (outcome: Outcome | null, error: SqsTriggerError | null, ending: Ending) => {
    const timing = { startedAt: new Date(started).toISOString(), elapsedMs: now() - started }
    const document = jsonDocument({ ...frame, ...timing }, record, { outcome, error, ending })
    streams.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  }

  return {
    on: (event) => {
      record = recorded(record, event)
    },
    plan: () => {},
    note: () => {},
    pause: () => {},
    finish: (outcome, ending) => write(outcome, outcome.error ?? null, ending),
    fail: (error, ending) => write(null, error, ending),
  }
}
