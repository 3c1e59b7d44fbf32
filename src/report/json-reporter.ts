import { jsonText } from '../json-text.js'
import { type DocumentChoices, openDocumentReporter } from './document-reporter.js'
import type { Reporter } from './reporter.js'
import type { Streams } from './streams.js'

/** Exactly one JSON document on stdout, however the run ends. Its shape: `schemas/output-v1.json`. */
export function openJsonReporter(
  streams: Pick<Streams, 'stdout' | 'stderr'>,
  choices: DocumentChoices,
): Reporter {
  return openDocumentReporter(streams, choices, ({ document }) => `${jsonText(document, 2)}\n`)
}
