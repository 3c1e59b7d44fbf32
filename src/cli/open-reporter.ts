import type { Reporter } from '../report/reporter.js'
import type { Streams } from '../report/streams.js'
import type { Asked } from './find-command.js'
import { flagOf } from './options/flag-names.js'
import type { GlobalValues, OutputFormat } from './options/global-options.js'
import { isSwitchedOn } from './options/variables.js'
import { type Host, openStreams } from './streams.js'
import { usageError } from './usage-error.js'
import { version } from './version.js'

/** What a reporter has to know; each takes what concerns it. */
interface Choices {
  readonly command: string | null
  readonly dryRun: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly debug: boolean
}

/**
 * The reporter that the flags ask for. `--quiet` is for text alone, and so are the checks that `--verbose` adds.
 * @throws SqsTriggerError USAGE for a page of HTML on a terminal, which nobody could read there
 */
export async function openReporter(
  host: Pick<Host, 'env'>,
  streams: Streams,
  command: string,
  globals: GlobalValues,
): Promise<Reporter> {
  const { dryRun, quiet, verbose, debug } = globals
  const choices = { command, dryRun, quiet, verbose, debug }
  if (globals.query !== undefined) return openQueried(globals.query, streams, globals, choices)
  const format = formatFor(globals)
  if (format === 'html' && streams.stdout.terminal) {
    throw usageError(
      '--output html is a page for a browser, and would fill this terminal',
      `write it into a file: sqs-trigger ${command} --output html > ${command}.html`,
    )
  }
  return open(format, host, streams, choices)
}

/** The form of the answer. A query is put to the JSON document. */
export const formatFor = ({ json, output, query }: GlobalValues): OutputFormat =>
  json ? 'json' : (output ?? (query === undefined ? 'text' : 'json'))

/** As JSON; where text was asked for, a single value stands there without quotes. */
async function openQueried(
  expression: string,
  streams: Streams,
  globals: GlobalValues,
  { command, dryRun, debug }: Choices,
): Promise<Reporter> {
  const [{ rawText, readQuery }, { openDocumentReporter }, { jsonText }, { cleanLines }] = await Promise.all([
    import('../report/query.js'),
    import('../report/document-reporter.js'),
    import('../json-text.js'),
    import('../report/clean-text.js'),
  ])
  const query = await readQuery(expression)
  const raw = formatFor(globals) === 'text'
  return openDocumentReporter(streams, { command, version, dryRun, debug }, ({ document }) => {
    const found = query(document)
    const text = raw ? rawText(found) : undefined
    if (text === undefined) return `${jsonText(found, 2)}\n`
    // As it is into a pipe; a terminal could be driven by it.
    return `${streams.stdout.terminal ? cleanLines(text) : text}\n`
  })
}

/** For what ends before the flags could be read: goes by what can be seen without reading them. */
export async function provisionalReporter(host: Host, asked: Asked): Promise<Reporter> {
  const said = (flag: string) => host.argv.includes(flag)
  const on = (name: string) => said(flagOf(name)) || (!host.nested && isSwitchedOn(host.env, name))
  const streams = openStreams(host, {
    color: said('--no-color') || isSwitchedOn(host.env, 'noColor') ? false : undefined,
    ascii: on('ascii'),
    accessible: said('--no-accessible') ? false : on('accessible') ? true : undefined,
    input: false,
  })
  // The other forms have no place for a page of help.
  const informs = asked.help || asked.version
  const unfit = informs ? asked.format !== 'json' : asked.format === 'html' && streams.stdout.terminal
  const format = unfit ? 'text' : asked.format
  const command = asked.command ?? null
  const dryRun = on('dryRun') || said('-n')
  return open(format, host, streams, {
    command,
    dryRun,
    quiet: false,
    verbose: false,
    debug: on('debug'),
  })
}

/** Loads nothing but the renderer of this form. */
async function open(
  format: OutputFormat,
  host: Pick<Host, 'env'>,
  streams: Streams,
  { command, dryRun, quiet, verbose, debug }: Choices,
): Promise<Reporter> {
  if (format === 'text') {
    const { openTextReporter } = await import('../report/text-reporter.js')
    return openTextReporter(streams, { quiet, verbose, debug })
  }
  const choices = { command, version, dryRun, debug }
  if (format === 'json') {
    const { openJsonReporter } = await import('../report/json-reporter.js')
    return openJsonReporter(streams, choices)
  }
  if (format === 'ndjson') {
    const { openNdjsonReporter } = await import('../report/ndjson-reporter.js')
    return openNdjsonReporter(streams, choices)
  }
  const { openDocumentReporter } = await import('../report/document-reporter.js')
  return openDocumentReporter(streams, choices, await rendererOf(format, host))
}

async function rendererOf(
  format: Exclude<OutputFormat, 'text' | 'json' | 'ndjson'>,
  host: Pick<Host, 'env'>,
) {
  switch (format) {
    case 'html':
      return (await import('../report/html.js')).htmlDocument
    case 'mermaid':
      return (await import('../report/mermaid.js')).mermaidDocument
    case 'junit':
      return (await import('../report/junit.js')).junitDocument
    case 'markdown':
      return (await import('../report/markdown.js')).markdownDocument
    case 'github':
      return (await import('./step-summary.js')).withStepSummary(host)
    case 'sarif': {
      const [{ sarifDocument }, { rules }] = await Promise.all([
        import('../report/sarif.js'),
        import('../preflight/rules/index.js'),
      ])
      return (run: Parameters<typeof sarifDocument>[0]) => sarifDocument(run, rules)
    }
  }
}
