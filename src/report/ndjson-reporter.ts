import type { SqsTriggerError } from '../errors.js'
import { jsonText } from '../json-text.js'
import type { OperationEvent } from '../operations/events.js'
import { findingOf, jsonDocument } from './document.js'
import { type DocumentChoices, tellDetail, tellError } from './document-reporter.js'
import type { Outcome } from './outcome.js'
import type { Ending, Reporter } from './reporter.js'
import { hopOf } from './result.js'
import { mappingOf } from './result-mapping.js'
import { emptyRecord, type RunRecord, recorded } from './run-record.js'
import type { Streams } from './streams.js'

/**
 * One JSON object a line while the run goes on; each has a `type`. A finding is a line as soon as it is judged. The
 * last line, `summary`, is the JSON document without its findings and without the lines of a log: they were told. The error, if there is one, stands on stderr, too.
 */
export function openNdjsonReporter(
  streams: Pick<Streams, 'stdout' | 'stderr'>,
  choices: DocumentChoices,
): Reporter {
  const { now = Date.now, debug = false, ...frame } = choices
  const started = now()
  let record: RunRecord = emptyRecord
  const line = (told: object) => streams.stdout.write(`${jsonText(told)}\n`)

  const end = (outcome: Outcome | null, error: SqsTriggerError | null, ending: Ending) => {
    // Another program wrote to the same stdout, and its last line is the last.
    if (outcome?.kind === 'said' && outcome.exitCode !== undefined) return
    const timing = { startedAt: new Date(started).toISOString(), elapsedMs: now() - started }
    const left = withoutLines(outcome)
    const document = jsonDocument({ ...frame, ...timing }, record, { outcome: left, error, ending })
    const { findings: _told, ...rest } = document
    line({ type: 'summary', ...rest })
    if (error !== null) tellError(streams, error, debug)
  }

  return {
    on: (event) => {
      record = recorded(record, event)
      const told = lineOf(event)
      if (told !== null) line(told)
    },
    plan: () => {},
    note: () => {},
    detail: (line) => tellDetail(streams, line),
    pause: () => {},
    finish: (outcome, ending) => {
      end(outcome, outcome.error ?? null, ending)
      return ending
    },
    fail: (error, ending) => end(null, error, ending),
  }
}

const withoutLines = (outcome: Outcome | null): Outcome | null =>
  outcome?.kind === 'logs' ? { ...outcome, log: { ...outcome.log, lines: [] } } : outcome

/** null: a step is a sentence for people. */
function lineOf(event: OperationEvent): object | null {
  switch (event.type) {
    case 'step-started':
      return null
    case 'rule-judged':
      return { type: 'finding', ...findingOf(event.finding) }
    case 'mapping-state':
      return { ...event, mapping: mappingOf(event.mapping) }
    case 'mapping-judged':
      return { ...event, mapping: mappingOf(event.mapping), findings: event.findings.map(findingOf) }
    case 'proof-hop':
      return { ...event, hop: hopOf(event.hop) }
    default:
      return event
  }
}
