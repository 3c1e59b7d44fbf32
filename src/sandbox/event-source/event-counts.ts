import { observe } from '../cloudwatch/observe.js'
import type { World } from '../world.js'
import type { StoredMapping } from './state.js'

/** Those of SQS; other sources have more. */
type EventCount =
  | 'PolledEventCount'
  | 'FilteredOutEventCount'
  | 'InvokedEventCount'
  | 'FailedInvokeEventCount'
  | 'DeletedEventCount'

/**
 * Tells CloudWatch what became of events, for a mapping that was made with EventCount metrics. Events count again
 * with each attempt; a poll that brings nothing counts as 0.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics
 */
export function countEvents(world: World, mapping: StoredMapping, name: EventCount, amount: number): void {
  if (!mapping.settings.metrics.includes('EventCount')) return
  const { account, region, uuid } = mapping
  const dimensions = { EventSourceMappingUUID: uuid }
  observe(world, { account, region, namespace: 'AWS/Lambda', name, dimensions }, amount)
}
