import type { Clients } from './aws/clients.js'
import type { Mapping, MappingSettings } from './mapping.js'
import type { SettingDifference } from './operations/results.js'

/** Where a command has to be sent: what `--profile`, `--region` and `--endpoint-url` stand for. */
export type Destination = Pick<Clients, 'region' | 'profile' | 'endpoint'>

/** A complete command of this tool, ready to paste: works from any shell, whatever its environment says. */
export function toolCommand(destination: Destination, ...words: readonly string[]): string {
  return line('sqs-trigger', words, destination)
}

/** A command to type next in the same shell: with the flags that were typed, because its environment says the rest. */
export function nextCommand(typed: TypedDestination, ...words: readonly string[]): string {
  const { profile = null, region = null, endpointUrl: endpoint = null } = typed
  return line('sqs-trigger', words, { profile, region, endpoint })
}

/** What `--profile`, `--region` and `--endpoint-url` said, where they were given. */
export interface TypedDestination {
  readonly profile?: string
  readonly region?: string
  readonly endpointUrl?: string
}

/** The command that makes a mapping like this one again: the undo of a deletion. Tags are not in the answer of AWS. */
export function wireCommand(destination: Destination, mapping: Mapping): string {
  const flag = (name: string, value: number | undefined) => (value === undefined ? [] : [name, String(value)])
  return toolCommand(
    destination,
    ...['wire', mapping.queueArn, mapping.functionArn],
    ...flag('--batch-size', mapping.batchSize),
    ...flag('--batch-window', mapping.batchWindowSeconds || undefined),
    ...flag('--max-concurrency', mapping.maxConcurrency),
    ...flag('--minimum-pollers', mapping.minimumPollers),
    ...flag('--maximum-pollers', mapping.maximumPollers),
    ...(mapping.reportBatchItemFailures ? ['--report-batch-item-failures'] : []),
    ...(mapping.filters ?? []).flatMap((filter) => ['--filter', filter]),
    ...(mapping.eventCountMetrics ? ['--event-count-metrics'] : []),
    ...(mapping.state === 'Disabled' || mapping.state === 'Disabling' ? ['--start-disabled'] : []),
    '--yes',
  )
}

/**
 * The aws-cli command that gives an existing mapping the settings that were asked for. It is aws-cli's because
 * this tool creates and deletes mappings only.
 */
export function updateCommand(
  destination: Destination,
  mapping: Mapping,
  wanted: MappingSettings,
  differences: readonly SettingDifference[],
): string {
  const words = differences.flatMap(({ setting }) => updateFlag(setting, wanted))
  const update =
    words.length === 0
      ? []
      : [awsCommand(destination, 'lambda', 'update-event-source-mapping', '--uuid', mapping.uuid, ...words)]
  const tags = differences.some(({ setting }) => setting === 'tags') ? Object.entries(wanted.tags ?? {}) : []
  const pairs = tags.map(([key, value]) => `${key}=${value}`)
  const tag =
    pairs.length === 0 || !mapping.arn
      ? []
      : [awsCommand(destination, 'lambda', 'tag-resource', '--resource', mapping.arn, '--tags', ...pairs)]
  return [...update, ...tag].join(' && ')
}

function updateFlag(setting: keyof MappingSettings, wanted: MappingSettings): readonly string[] {
  switch (setting) {
    case 'batchSize':
      return ['--batch-size', String(wanted.batchSize)]
    case 'batchWindowSeconds':
      return ['--maximum-batching-window-in-seconds', String(wanted.batchWindowSeconds)]
    case 'maxConcurrency':
      return ['--scaling-config', `MaximumConcurrency=${wanted.maxConcurrency}`]
    case 'minimumPollers':
      return ['--provisioned-poller-config', pollers(wanted)]
    case 'maximumPollers':
      // Both stand in one structure: one flag is enough for the two of them.
      return wanted.minimumPollers === undefined ? ['--provisioned-poller-config', pollers(wanted)] : []
    case 'reportBatchItemFailures':
      return ['--function-response-types', wanted.reportBatchItemFailures ? 'ReportBatchItemFailures' : '[]']
    case 'filters':
      return [
        '--filter-criteria',
        JSON.stringify({ Filters: (wanted.filters ?? []).map((Pattern) => ({ Pattern })) }),
      ]
    case 'eventCountMetrics':
      return ['--metrics-config', JSON.stringify({ Metrics: wanted.eventCountMetrics ? ['EventCount'] : [] })]
    case 'enabled':
      return [wanted.enabled === false ? '--no-enabled' : '--enabled']
    case 'tags':
      return []
  }
}

function pollers({ minimumPollers, maximumPollers }: MappingSettings): string {
  const parts = [
    ...(minimumPollers === undefined ? [] : [`MinimumPollers=${minimumPollers}`]),
    ...(maximumPollers === undefined ? [] : [`MaximumPollers=${maximumPollers}`]),
  ]
  return parts.join(',')
}

/** A complete aws-cli command, ready to paste. */
export function awsCommand(destination: Destination, ...words: readonly string[]): string {
  return line('aws', words, destination)
}

interface Flags {
  readonly profile: string | null
  readonly region: string | null
  readonly endpoint: string | null
}

function line(program: string, words: readonly string[], { profile, region, endpoint }: Flags): string {
  const all = [
    program,
    ...words,
    ...(profile === null ? [] : ['--profile', profile]),
    ...(region === null ? [] : ['--region', region]),
    ...(endpoint === null ? [] : ['--endpoint-url', endpoint]),
  ]
  return all.map(shellWord).join(' ')
}

/** A word as a POSIX shell reads it back: in single quotes where it holds more than plain characters. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
