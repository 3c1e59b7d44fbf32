import { flag, integer, structure, structures, text, texts } from '../members.js'
import type { RawInput } from '../raw-input.js'

/** The settings that a request carries; undefined: not carried. */
export interface RequestedSettings {
  readonly enabled: boolean | undefined
  readonly batchSize: number | undefined
  readonly maximumBatchingWindowInSeconds: number | undefined
  readonly functionResponseTypes: readonly string[] | undefined
  /** null: a filter without a pattern, which AWS refuses as an invalid one. */
  readonly filterPatterns: readonly (string | null)[] | undefined
  /** Empty text removes the key. */
  readonly kmsKeyArn: string | undefined
  readonly scalingConfig: { readonly maximumConcurrency: number | undefined } | undefined
  readonly provisionedPollerConfig:
    | { readonly minimumPollers: number | undefined; readonly maximumPollers: number | undefined }
    | undefined
  readonly metrics: readonly string[] | undefined
  /** Members that only other kinds of event source know, as the API spells them. */
  readonly foreign: readonly string[]
  /** DestinationConfig.OnSuccess is there. */
  readonly onSuccess: boolean
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html lists what SQS knows. */
const foreignMembers = [
  'DestinationConfig',
  'StartingPosition',
  'StartingPositionTimestamp',
  'BisectBatchOnFunctionError',
  'ParallelizationFactor',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'TumblingWindowInSeconds',
  'Topics',
  'Queues',
  'SourceAccessConfigurations',
  'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
  'LoggingConfig',
] as const

/** Reads what CreateEventSourceMapping and UpdateEventSourceMapping have in common. */
export function readSettings(raw: RawInput): RequestedSettings {
  const criteria = structure(raw, 'FilterCriteria')
  const scaling = structure(raw, 'ScalingConfig')
  const provisioned = structure(raw, 'ProvisionedPollerConfig')
  const metrics = structure(raw, 'MetricsConfig')
  const destination = structure(raw, 'DestinationConfig')
  return {
    enabled: flag(raw, 'Enabled'),
    batchSize: integer(raw, 'BatchSize'),
    maximumBatchingWindowInSeconds: integer(raw, 'MaximumBatchingWindowInSeconds'),
    functionResponseTypes: texts(raw, 'FunctionResponseTypes'),
    filterPatterns:
      criteria && (structures(criteria, 'Filters') ?? []).map((filter) => text(filter, 'Pattern') ?? null),
    kmsKeyArn: text(raw, 'KMSKeyArn'),
    scalingConfig: scaling && { maximumConcurrency: integer(scaling, 'MaximumConcurrency') },
    provisionedPollerConfig: provisioned && {
      minimumPollers: integer(provisioned, 'MinimumPollers'),
      maximumPollers: integer(provisioned, 'MaximumPollers'),
    },
    metrics: metrics && (texts(metrics, 'Metrics') ?? []),
    foreign: foreignMembers.filter((member) => (raw[member] ?? undefined) !== undefined),
    onSuccess: destination !== undefined && structure(destination, 'OnSuccess') !== undefined,
  }
}
