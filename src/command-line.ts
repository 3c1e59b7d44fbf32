import type { Mapping, MappingSettings } from './mapping.js'
import type { MappingUpdate } from './mapping-update.js'

/** Where a command has to be sent: what `--profile`, `--region` and `--endpoint-url` stand for. */
export interface Destination {
  readonly region: string
  readonly profile: string | null
  /** null: AWS itself. */
  readonly endpoint: string | null
}

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
  const { filterKeyArn } = mapping
  if (filterKeyArn !== undefined) return createCommand(destination, mapping, filterKeyArn)
  const { batchWindowSeconds, state, ...settings } = mapping
  const window = batchWindowSeconds === 0 ? {} : { batchWindowSeconds }
  const off = state === 'Disabled' || state === 'Disabling'
  return wiringCommand(destination, mapping, { ...settings, ...window, enabled: !off })
}

/** The command that wires the two with these settings; what is off by itself is not said. */
export function wiringCommand(
  destination: Destination,
  { queueArn, functionArn }: Pick<Mapping, 'queueArn' | 'functionArn'>,
  { reportBatchItemFailures, eventCountMetrics, enabled, ...settings }: MappingSettings,
): string {
  const on = {
    ...(reportBatchItemFailures ? { reportBatchItemFailures } : {}),
    ...(eventCountMetrics ? { eventCountMetrics } : {}),
  }
  const words = [...settingWords({ ...settings, ...on }), ...(enabled === false ? ['--start-disabled'] : [])]
  return toolCommand(destination, 'wire', queueArn, functionArn, ...words, '--yes')
}

/** Filters that are encrypted with a key of one's own are made so by aws-cli alone. */
function createCommand(destination: Destination, mapping: Mapping, filterKeyArn: string): string {
  const { queueArn, functionArn, batchSize, batchWindowSeconds, maxConcurrency, filters = [] } = mapping
  const { minimumPollers, maximumPollers, state } = mapping
  const flag = (name: string, value: unknown) => (value === undefined ? [] : [name, JSON.stringify(value)])
  const polled = minimumPollers !== undefined || maximumPollers !== undefined
  return awsCommand(
    destination,
    ...['lambda', 'create-event-source-mapping', '--event-source-arn', queueArn],
    ...['--function-name', functionArn, '--batch-size', String(batchSize)],
    ...flag('--maximum-batching-window-in-seconds', batchWindowSeconds || undefined),
    ...flag('--scaling-config', maxConcurrency && { MaximumConcurrency: maxConcurrency }),
    ...flag(
      '--provisioned-poller-config',
      polled ? { MinimumPollers: minimumPollers, MaximumPollers: maximumPollers } : undefined,
    ),
    ...(mapping.reportBatchItemFailures ? ['--function-response-types', 'ReportBatchItemFailures'] : []),
    ...flag('--metrics-config', mapping.eventCountMetrics ? { Metrics: ['EventCount'] } : undefined),
    ...flag('--filter-criteria', { Filters: filters.map((Pattern) => ({ Pattern })) }),
    ...['--kms-key-arn', filterKeyArn],
    ...(state === 'Disabled' || state === 'Disabling' ? ['--no-enabled'] : []),
  )
}

/** The name that the stack of the quickstart has where none is given. */
export const quickstartName = 'sqs-trigger-quickstart'

/** The words that name a stack of the quickstart. */
export const stackWords = (name: string) => (name === quickstartName ? [] : ['--name', name])

/** The command that deletes a stack of the quickstart. */
export const removeStackCommand = (destination: Destination, name: string) =>
  toolCommand(destination, 'quickstart', '--delete', ...stackWords(name))

/** The command that gives an existing mapping these settings. */
export function updateCommand(
  destination: Destination,
  uuid: string,
  update: MappingUpdate,
  ...more: readonly string[]
): string {
  return toolCommand(destination, ...updateWords(uuid, update), ...more)
}

/** The same as words to type. */
export function updateWords(
  uuid: string,
  { settings, clear, untag, functionArn }: MappingUpdate,
): readonly string[] {
  const { enabled, ...others } = settings
  const alone = Object.keys(others).length === 0 && clear.length === 0 && untag.length === 0
  if (enabled !== undefined && alone && functionArn === undefined) {
    return [enabled ? 'enable' : 'disable', uuid]
  }
  return [
    ...['update', uuid, ...settingWords(settings)],
    ...clear.flatMap((one) => ['--clear', one]),
    ...untag.flatMap((key) => ['--untag', key]),
    ...(functionArn === undefined ? [] : ['--to-function', functionArn]),
  ]
}

/** The settings as flags, in the order of the help. */
function settingWords(settings: MappingSettings): readonly string[] {
  const value = (name: string, given: number | undefined) =>
    given === undefined ? [] : [name, String(given)]
  const toggle = (name: string, given: boolean | undefined) =>
    given === undefined ? [] : [given ? `--${name}` : `--no-${name}`]
  return [
    ...value('--batch-size', settings.batchSize),
    ...value('--batch-window', settings.batchWindowSeconds),
    ...value('--max-concurrency', settings.maxConcurrency),
    ...value('--minimum-pollers', settings.minimumPollers),
    ...value('--maximum-pollers', settings.maximumPollers),
    ...toggle('report-batch-item-failures', settings.reportBatchItemFailures),
    ...(settings.filters ?? []).flatMap((filter) => ['--filter', filter]),
    ...toggle('event-count-metrics', settings.eventCountMetrics),
    ...Object.entries(settings.tags ?? {}).flatMap(([key, text]) => ['--tag', `${key}=${text}`]),
    ...toggle('enabled', settings.enabled),
  ]
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
