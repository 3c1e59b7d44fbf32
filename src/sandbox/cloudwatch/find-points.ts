import type { World } from '../world.js'
import { minuteMs, startOf } from './observe.js'
import { keyOf, type MetricName, type MetricUnit } from './state.js'
import { merge, type Statistics } from './statistics.js'

export interface Range {
  /** Epoch milliseconds, rounded down to the minute. */
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly periodSeconds: number
}

export interface MetricPoint {
  /** The beginning of its period. */
  readonly at: number
  readonly statistics: Statistics
}

/** The points of a metric, oldest first: those that are published by now. None for a metric that nobody sent. */
export function findPoints(
  world: World,
  metric: MetricName,
  range: Range,
): { readonly unit: MetricUnit | undefined; readonly points: readonly MetricPoint[] } {
  const series = world.metrics.series.get(keyOf(metric))
  const byPeriod = new Map<number, Statistics>()
  const published = world.clock.now() - minuteMs - world.delays.metricPublication
  for (const [minute, statistics] of series?.minutes ?? []) {
    if (minute < startOf(range.start, minuteMs) || minute >= range.end || minute > published) continue
    const at = startOf(minute, range.periodSeconds * 1000)
    const before = byPeriod.get(at)
    byPeriod.set(at, before ? merge(before, statistics) : statistics)
  }
  const points = [...byPeriod].map(([at, statistics]) => ({ at, statistics })).sort((a, b) => a.at - b.at)
  return { unit: series?.unit, points }
}
