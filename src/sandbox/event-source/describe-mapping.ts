import type { StoredMapping } from './state.js'

/**
 * A mapping as the API answers it: the same members for standard and FIFO queues; batching
 * window and response types always, the other settings only when set.
 */
export function describeMapping(mapping: StoredMapping): Readonly<Record<string, unknown>> {
  const { settings } = mapping
  const { filterPatterns, maximumConcurrency, provisionedPollers, metrics, kmsKeyArn } = settings
  return {
    UUID: mapping.uuid,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.maximumBatchingWindowInSeconds,
    EventSourceArn: mapping.queueArn,
    ...(filterPatterns.length > 0 && {
      FilterCriteria: { Filters: filterPatterns.map((Pattern) => ({ Pattern })) },
    }),
    FunctionArn: mapping.functionArn,
    LastModified: new Date(mapping.lastModified),
    State: mapping.state,
    StateTransitionReason: mapping.stateTransitionReason ?? 'USER_INITIATED',
    FunctionResponseTypes: settings.functionResponseTypes,
    ...(maximumConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    ...(kmsKeyArn !== undefined && { KMSKeyArn: kmsKeyArn }),
    ...(metrics.length > 0 && { MetricsConfig: { Metrics: metrics } }),
    ...(provisionedPollers && {
      ProvisionedPollerConfig: {
        MinimumPollers: provisionedPollers.minimum,
        MaximumPollers: provisionedPollers.maximum,
      },
    }),
    EventSourceMappingArn: mapping.arn,
  }
}

/** In a list AWS withholds filters that are encrypted with a key. */
export function describeInList(mapping: StoredMapping): Readonly<Record<string, unknown>> {
  const { FilterCriteria, ...described } = describeMapping(mapping)
  return FilterCriteria === undefined || mapping.settings.kmsKeyArn !== undefined
    ? described
    : { ...described, FilterCriteria }
}
