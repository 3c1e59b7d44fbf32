/** What CloudWatch keeps of the values of one minute. */
export interface Statistics {
  readonly count: number
  readonly sum: number
  readonly minimum: number
  readonly maximum: number
}

export const single = (value: number): Statistics => ({
  count: 1,
  sum: value,
  minimum: value,
  maximum: value,
})

export function merge(one: Statistics, other: Statistics): Statistics {
  return {
    count: one.count + other.count,
    sum: one.sum + other.sum,
    minimum: Math.min(one.minimum, other.minimum),
    maximum: Math.max(one.maximum, other.maximum),
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html, without percentiles */
export const statisticNames = ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'] as const

export type StatisticName = (typeof statisticNames)[number]

export const isStatistic = (name: string): name is StatisticName =>
  statisticNames.some((statistic) => statistic === name)

export function statisticOf({ count, sum, minimum, maximum }: Statistics, name: StatisticName): number {
  switch (name) {
    case 'SampleCount':
      return count
    case 'Sum':
      return sum
    case 'Average':
      return sum / count
    case 'Minimum':
      return minimum
    case 'Maximum':
      return maximum
  }
}
