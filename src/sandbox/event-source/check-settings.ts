import { parsePattern } from '../../filter/pattern.js'
import { AwsFault } from '../aws-fault.js'
import type { MappingSettings } from './settings.js'

/** Each filter beyond it needs a quota raise. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
const filterQuota = 5

const batchNeedsWindow =
  'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10'

/** Throws AwsFault where batch size and window do not fit together, or do not fit the kind of queue. */
export function refuseBatching(settings: MappingSettings, fifo: boolean): void {
  const { batchSize, maximumBatchingWindowInSeconds: window } = settings
  if (fifo && window > 0) throw refuse('Batching window is not supported for FIFO queues')
  if (batchSize > 10 && window === 0) throw refuse(batchNeedsWindow, { recorded: !fifo })
}

/** Throws AwsFault for filter patterns that Lambda cannot read. */
export function refuseFilters(patterns: readonly (string | null)[]): void {
  if (patterns.some((pattern) => pattern === null || 'problem' in parsePattern(pattern))) {
    throw refuse('Invalid filter pattern definition.')
  }
  if (patterns.length > filterQuota) {
    throw refuse(`Exceeded the maximum number of filters: ${filterQuota}.`, { recorded: false })
  }
}

/** Throws AwsFault where two ways of scaling are asked for, or one with a value that no queue takes. */
export function refuseScaling(settings: MappingSettings): void {
  const { maximumConcurrency, provisionedPollers: pollers, metrics } = settings
  if (maximumConcurrency !== undefined && pollers) {
    throw refuse('ScalingConfig and ProvisionedPollerConfig cannot be set at the same time.', {
      recorded: false,
    })
  }
  if (pollers && (pollers.minimum < 2 || pollers.maximum < 2 || pollers.maximum < pollers.minimum)) {
    throw refuse('Invalid ProvisionedPollerConfig for the event source.', { recorded: false })
  }
  if (metrics.some((metric) => metric !== 'EventCount')) {
    throw refuse('Only EventCount metrics are supported for SQS event sources.', { recorded: false })
  }
}

/** Throws AwsFault beyond the number of tags that is recorded for functions, as is the sentence. */
export function refuseTags(tags: Readonly<Record<string, string>>, of: 'mapping' | 'function'): void {
  if (Object.keys(tags).length > 50) {
    throw refuse('Number of tags exceeds resource tag limit.', { recorded: of === 'function' })
  }
}

function refuse(message: string, options: { readonly recorded?: boolean } = {}): AwsFault {
  return new AwsFault('InvalidParameterValueException', message, options)
}
