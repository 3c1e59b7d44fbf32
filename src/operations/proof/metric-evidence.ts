import { type Metric, readMetrics } from '../../aws/metrics.js'
import { SqsTriggerError } from '../../errors.js'
import type { Session } from '../session.js'
import type { Consumer } from './delivery.js'

/** What CloudWatch counts of a function around the time of a message, to the minute. */
export interface MetricCounts {
  readonly kind: 'counts'
  /** Milliseconds since the epoch: a whole minute, at least one before the message was sent. */
  readonly since: number
  readonly runs: number
  readonly errors: number
  readonly throttles: number
  /** Messages that the mapping deleted because no filter kept them; null: the mapping counts no events. */
  readonly filteredOut: number | null
  /** The minute in which the message was sent is over, and so is the one in which AWS publishes what it counted. */
  readonly settled: boolean
  readonly readAt: number
}

export type MetricSearch = MetricCounts | { readonly kind: 'refused' | 'none' }

const minuteMs = 60_000

/**
 * Reads the metrics of a function, where its log cannot be read. They say less: to the minute, and not which message.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export async function searchMetrics(
  { handle, mapping }: Consumer,
  sentAt: number,
  { clients, clock }: Session,
): Promise<MetricSearch> {
  const minute = Math.floor(sentAt / minuteMs) * minuteMs
  const since = minute - minuteMs
  const readAt = clock.now()
  const of = {
    FunctionName: handle.name,
    ...(handle.qualifier === undefined ? {} : { Resource: `${handle.name}:${handle.qualifier}` }),
  }
  const events: readonly Metric[] = mapping.eventCountMetrics
    ? [{ name: 'FilteredOutEventCount', dimensions: { EventSourceMappingUUID: mapping.uuid } }]
    : []
  const wanted = ['Invocations', 'Errors', 'Throttles'].map((name) => ({ name, dimensions: of }))
  try {
    const sums = await readMetrics(clients, [...wanted, ...events], { since, until: readAt + minuteMs })
    if (sums === undefined) return { kind: 'none' }
    const [runs = null, errors = null, throttles = null, filteredOut = null] = sums
    return {
      kind: 'counts',
      since,
      runs: runs ?? 0,
      errors: errors ?? 0,
      throttles: throttles ?? 0,
      filteredOut: mapping.eventCountMetrics ? (filteredOut ?? 0) : null,
      settled: readAt >= minute + 2 * minuteMs,
      readAt,
    }
  } catch (error) {
    if (error instanceof SqsTriggerError && error.code === 'ACCESS_DENIED') return { kind: 'refused' }
    throw error
  }
}
