import type { World } from '../world.js'
import { keyOf, type MetricName, type MetricUnit } from './state.js'
import { merge, single } from './statistics.js'

export const minuteMs = 60_000

/** Points of one minute are kept for 15 days. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const keptMinutes = 15 * 24 * 60

/** Takes down one value. `at`: epoch milliseconds, default now. */
export function observe(
  world: World,
  metric: MetricName,
  value: number,
  options: { readonly unit?: MetricUnit; readonly at?: number } = {},
): void {
  const { series } = world.metrics
  const key = keyOf(metric)
  const known = series.get(key) ?? { unit: options.unit ?? 'Count', minutes: new Map() }
  series.set(key, known)
  const { minutes } = known
  const minute = startOf(options.at ?? world.clock.now(), minuteMs)
  const before = minutes.get(minute)
  minutes.set(minute, before ? merge(before, single(value)) : single(value))
  const [oldest] = minutes.keys()
  if (minutes.size > keptMinutes && oldest !== undefined) minutes.delete(oldest)
}

/** The beginning of the period in which a moment lies; periods are counted from the epoch, in UTC. */
export const startOf = (at: number, periodMs: number) => Math.floor(at / periodMs) * periodMs
