import { type Call, defineAction } from '../../define-action.js'
import { structure, structures, text } from '../../members.js'
import type { RawInput } from '../../raw-input.js'
import { findPoints, type Range } from '../find-points.js'
import { readMetric, readPeriod, readTime, refuse, required } from '../read-input.js'
import type { MetricName } from '../state.js'
import { isStatistic, type StatisticName, statisticNames, statisticOf } from '../statistics.js'

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const mostQueries = 500

interface Query {
  readonly id: string
  readonly label: string
  readonly metric: (call: Call) => MetricName
  readonly statistic: StatisticName
  readonly unit: string | undefined
  readonly range: Range
}

/**
 * Metrics with their usual statistics. Expressions and percentiles are not known here; all points come in one page,
 * because two weeks of a metric are no more than AWS puts into one.
 */
export default defineAction({
  service: 'cloudwatch',
  name: 'GetMetricData',
  decode: (raw) => {
    const queries = structures(raw, 'MetricDataQueries') ?? []
    if (queries.length === 0 || queries.length > mostQueries) {
      throw refuse(`The parameter MetricDataQueries must have 1 to ${mostQueries} members.`)
    }
    const start = readTime(raw, 'StartTime')
    const end = readTime(raw, 'EndTime')
    if (start >= end) throw refuse('The parameter StartTime must be less than the parameter EndTime.')
    return {
      queries: queries
        .filter(({ ReturnData }) => String(ReturnData) !== 'false')
        .map((query) => readQuery(query, { start, end })),
      ascending: text(raw, 'ScanBy') === 'TimestampAscending',
    }
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/permissions-reference-cw.html
  needs: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
  run: ({ queries, ascending }, call) => ({
    MetricDataResults: queries.map((query) => answer(query, call, ascending)),
    Messages: [],
  }),
})

function answer({ id, label, metric, statistic, unit, range }: Query, call: Call, ascending: boolean) {
  const found = findPoints(call.world, metric(call), range)
  const right = unit === undefined || unit === found.unit
  const points = right ? [...found.points] : []
  if (!ascending) points.reverse()
  return {
    Id: id,
    Label: label,
    Timestamps: points.map(({ at }) => new Date(at)),
    Values: points.map(({ statistics }) => statisticOf(statistics, statistic)),
    StatusCode: 'Complete',
  }
}

function readQuery(raw: RawInput, { start, end }: { readonly start: number; readonly end: number }): Query {
  const id = required(raw, 'Id')
  if (!/^[a-z][A-Za-z0-9_]*$/.test(id)) {
    throw refuse('The value for parameter Id must begin with a lower-case letter.')
  }
  const stat = structure(raw, 'MetricStat')
  if (!stat) throw refuse('The sandbox knows queries with MetricStat, and no expressions.')
  const statistic = required(stat, 'Stat')
  if (!isStatistic(statistic)) {
    throw refuse(`The sandbox knows the statistics ${statisticNames.join(', ')}, and no percentiles.`)
  }
  const metric = structure(stat, 'Metric') ?? {}
  return {
    id,
    label: text(raw, 'Label') ?? required(metric, 'MetricName'),
    metric: readMetric(metric),
    statistic,
    unit: text(stat, 'Unit'),
    range: { start, end, periodSeconds: readPeriod(stat) },
  }
}
