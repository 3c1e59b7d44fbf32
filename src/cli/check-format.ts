import { joined } from '../report/text/sentences.js'
import type { AnyCommand } from './define-command.js'
import { formatFor } from './open-reporter.js'
import type { GlobalValues, OutputFormat } from './options/global-options.js'
import { usageError } from './usage-error.js'

/** @throws SqsTriggerError USAGE for a form of the answer that the command does not have. */
export function checkFormat({ name, formats = ['text', 'json'] }: AnyCommand, globals: GlobalValues): void {
  const wanted = formatFor(globals)
  if (globals.query !== undefined) checkQueryable(name, formats, wanted)
  if (formats.includes(wanted)) return
  throw usageError(`--output ${wanted} is not offered by ${name}; it has ${joined(formats)}`)
}

function checkQueryable(name: string, formats: readonly OutputFormat[], wanted: OutputFormat): void {
  if (!formats.includes('json'))
    throw usageError(`--query asks for a part of a JSON document, and ${name} has none`)
  if (wanted === 'json' || wanted === 'text') return
  throw usageError(
    `--query and --output ${wanted} contradict each other`,
    'give --output json or text with it',
  )
}
