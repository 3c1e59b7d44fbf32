import type { Reporter } from '../report/reporter.js'
import type { Asked } from './find-command.js'
import type { GlobalValues } from './global-options.js'
import { type Host, openStreams, type Streams } from './streams.js'
import { version } from './version.js'

/** The reporter that the flags ask for. */
export async function openReporter(
  streams: Streams,
  command: string,
  globals: GlobalValues,
): Promise<Reporter> {
  if (globals.json || globals.output === 'json') return json(streams, command, globals.dryRun)
  const { openTextReporter } = await import('../report/text-reporter.js')
  const { quiet, verbose, debug } = globals
  return openTextReporter(streams, { quiet, verbose, debug })
}

/** For what ends before the flags could be read: goes by what can be seen without reading them. */
export async function provisionalReporter(host: Host, asked: Asked): Promise<Reporter> {
  const said = (flag: string) => host.argv.includes(flag)
  const streams = openStreams(host, {
    color: said('--no-color') ? false : undefined,
    ascii: said('--ascii'),
    input: false,
  })
  if (asked.json) return json(streams, asked.command ?? null, said('--dry-run') || said('-n'))
  const { openTextReporter } = await import('../report/text-reporter.js')
  return openTextReporter(streams, { quiet: false, verbose: false, debug: said('--debug') })
}

async function json(streams: Streams, command: string | null, dryRun: boolean): Promise<Reporter> {
  const { openJsonReporter } = await import('../report/json-reporter.js')
  return openJsonReporter(streams, { command, version, dryRun })
}
