import type { RequestedSettings } from './read-settings.js'

/** The settings of a mapping in force. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
export interface MappingSettings {
  readonly batchSize: number
  readonly maximumBatchingWindowInSeconds: number
  readonly functionResponseTypes: readonly string[]
  /** A message is kept when any of them matches; empty keeps every message. */
  readonly filterPatterns: readonly string[]
  /** Encrypts the filter patterns, not the messages. */
  readonly kmsKeyArn: string | undefined
  readonly maximumConcurrency: number | undefined
  readonly provisionedPollers: { readonly minimum: number; readonly maximum: number } | undefined
  readonly metrics: readonly string[]
}

export const defaultSettings: MappingSettings = {
  batchSize: 10,
  maximumBatchingWindowInSeconds: 0,
  functionResponseTypes: [],
  filterPatterns: [],
  kmsKeyArn: undefined,
  maximumConcurrency: undefined,
  provisionedPollers: undefined,
  metrics: [],
}

/** A member that the request does not carry keeps its value; an empty structure clears it. */
export function applySettings(current: MappingSettings, requested: RequestedSettings): MappingSettings {
  return {
    batchSize: requested.batchSize ?? current.batchSize,
    maximumBatchingWindowInSeconds:
      requested.maximumBatchingWindowInSeconds ?? current.maximumBatchingWindowInSeconds,
    functionResponseTypes: requested.functionResponseTypes ?? current.functionResponseTypes,
    filterPatterns: requested.filterPatterns?.filter((pattern) => pattern !== null) ?? current.filterPatterns,
    kmsKeyArn: requested.kmsKeyArn === undefined ? current.kmsKeyArn : requested.kmsKeyArn || undefined,
    maximumConcurrency: requested.scalingConfig
      ? requested.scalingConfig.maximumConcurrency
      : current.maximumConcurrency,
    provisionedPollers: requested.provisionedPollerConfig
      ? pollers(requested.provisionedPollerConfig)
      : current.provisionedPollers,
    metrics: requested.metrics ?? current.metrics,
  }
}

function pollers(config: {
  readonly minimumPollers: number | undefined
  readonly maximumPollers: number | undefined
}): MappingSettings['provisionedPollers'] {
  const { minimumPollers, maximumPollers } = config
  if (minimumPollers === undefined && maximumPollers === undefined) return undefined
  return { minimum: minimumPollers ?? 2, maximum: maximumPollers ?? 200 }
}
