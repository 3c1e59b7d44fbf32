import type { Mapping } from '../mapping.js'

export const mappingOrNull = (mapping: Mapping | null) => (mapping === null ? null : mappingOf(mapping))

/** A mapping with every member. */
export function mappingOf(mapping: Mapping) {
  return {
    uuid: mapping.uuid,
    arn: mapping.arn ?? null,
    queueArn: mapping.queueArn,
    functionArn: mapping.functionArn,
    state: mapping.state,
    stateTransitionReason: mapping.stateTransitionReason ?? null,
    lastModified: mapping.lastModified ?? null,
    batchSize: mapping.batchSize,
    batchWindowSeconds: mapping.batchWindowSeconds,
    maxConcurrency: mapping.maxConcurrency ?? null,
    minimumPollers: mapping.minimumPollers ?? null,
    maximumPollers: mapping.maximumPollers ?? null,
    reportBatchItemFailures: mapping.reportBatchItemFailures,
    filters: mapping.filters ?? null,
    eventCountMetrics: mapping.eventCountMetrics,
  }
}
