import { defineAction } from '../../define-action.js'
import { texts } from '../../members.js'
import { findPoints } from '../find-points.js'
import { readMetric, readPeriod, readTime, refuse, required } from '../read-input.js'
import { isStatistic, type StatisticName, statisticOf } from '../statistics.js'

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html, without percentiles */
export default defineAction({
  service: 'cloudwatch',
  name: 'GetMetricStatistics',
  decode: (raw) => ({
    label: required(raw, 'MetricName'),
    metric: readMetric(raw),
    range: {
      start: readTime(raw, 'StartTime'),
      end: readTime(raw, 'EndTime'),
      periodSeconds: readPeriod(raw),
    },
    statistics: readStatistics(texts(raw, 'Statistics') ?? []),
  }),
  needs: () => [{ action: 'cloudwatch:GetMetricStatistics', resource: '*' }],
  run: ({ label, metric, range, statistics }, call) => {
    const { unit, points } = findPoints(call.world, metric(call), range)
    return {
      Label: label,
      Datapoints: points.map(({ at, statistics: set }) => ({
        Timestamp: new Date(at),
        ...Object.fromEntries(statistics.map((name) => [name, statisticOf(set, name)])),
        Unit: unit,
      })),
    }
  },
})

function readStatistics(names: readonly string[]): readonly StatisticName[] {
  const known = names.filter(isStatistic)
  if (known.length === 0 || known.length < names.length) {
    throw refuse('The parameter Statistics must name statistics that the sandbox knows.')
  }
  return known
}
