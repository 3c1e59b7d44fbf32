import type { Statistics } from './statistics.js'

/** A metric as services name it. Dimensions are part of its identity: another set is another metric. */
export interface MetricName {
  readonly account: string
  readonly region: string
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
}

/** What was measured of one metric, by the minute. */
interface MetricSeries {
  readonly unit: MetricUnit
  /** By the minute's beginning in epoch milliseconds, oldest first. */
  readonly minutes: Map<number, Statistics>
}

export type MetricUnit = 'Count' | 'Seconds' | 'Milliseconds'

export interface MetricsState {
  /** By `keyOf` the metric. */
  readonly series: Map<string, MetricSeries>
}

export function createMetricsState(): MetricsState {
  return { series: new Map() }
}

export function keyOf({ account, region, namespace, name, dimensions }: MetricName): string {
  return JSON.stringify([account, region, namespace, name, Object.entries(dimensions).sort()])
}
