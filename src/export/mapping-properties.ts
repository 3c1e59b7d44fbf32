import type { Mapping } from '../mapping.js'
import type { Members, Value } from './references.js'

/** What a mapping leads to, by reference. */
interface Ends {
  readonly queue: Value
  readonly function: Value
  /** The key of its filters; undefined: AWS's own. */
  readonly filterKey: Value | undefined
}

/**
 * Every setting of a mapping, as CloudFormation names it. What AWS takes for granted is left out where naming it could
 * be refused: a FIFO queue takes no batching window at all.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */
export function mappingProperties(
  mapping: Mapping,
  ends: Ends,
  tags: Readonly<Record<string, string>>,
): Members {
  const { minimumPollers, maximumPollers, maxConcurrency, filters = [] } = mapping
  const pollers = present({ MinimumPollers: minimumPollers, MaximumPollers: maximumPollers })
  return present({
    EventSourceArn: ends.queue,
    FunctionName: ends.function,
    Enabled: mapping.state !== 'Disabled' && mapping.state !== 'Disabling',
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.batchWindowSeconds || undefined,
    ScalingConfig: maxConcurrency === undefined ? undefined : { MaximumConcurrency: maxConcurrency },
    ProvisionedPollerConfig: Object.keys(pollers).length === 0 ? undefined : pollers,
    FunctionResponseTypes: mapping.reportBatchItemFailures ? ['ReportBatchItemFailures'] : undefined,
    FilterCriteria: filters.length === 0 ? undefined : { Filters: filters.map((Pattern) => ({ Pattern })) },
    KmsKeyArn: ends.filterKey,
    MetricsConfig: mapping.eventCountMetrics ? { Metrics: ['EventCount'] } : undefined,
    Tags: tagList(tags),
  })
}

/** Tags that begin with `aws:` belong to AWS, which takes them from nobody. undefined: there are none. */
export function tagList(tags: Readonly<Record<string, string>>): Value | undefined {
  const own = Object.entries(tags).filter(([key]) => !key.startsWith('aws:'))
  return own.length === 0 ? undefined : own.map(([Key, Value]) => ({ Key, Value }))
}

/** Without the members that are undefined. */
export function present(members: Readonly<Record<string, Value | undefined>>): Members {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
}
