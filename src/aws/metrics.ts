import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { Clients } from './clients.js'
import { send } from './send.js'

export interface Metric {
  /** Default `AWS/Lambda`. */
  readonly namespace?: 'AWS/Lambda' | 'AWS/SQS'
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  /** `sum`: over the whole time; `last`: the highest value of the latest minute. Default `sum`. */
  readonly as?: 'sum' | 'last'
}

/**
 * The value of each metric over a time, in milliseconds since the epoch; null: no value was published (yet). Points
 * belong to whole minutes, and appear a minute or more after what they count.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 * @throws SqsTriggerError ACCESS_DENIED; undefined is returned where the clients cannot read metrics at all.
 */
export async function readMetrics(
  clients: Clients,
  metrics: readonly Metric[],
  { since, until }: { readonly since: number; readonly until: number },
): Promise<readonly (number | null)[] | undefined> {
  const client = await clients.cloudWatch?.()
  if (client === undefined) return undefined
  const queries = metrics.map(
    ({ namespace = 'AWS/Lambda', name, dimensions, as = 'sum' }, index): MetricDataQuery => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: 60,
        Stat: as === 'sum' ? 'Sum' : 'Maximum',
      },
    }),
  )
  const window = { StartTime: new Date(since), EndTime: new Date(until) }
  const command = new GetMetricDataCommand({ ...window, MetricDataQueries: queries })
  const call = { service: 'cloudwatch', operation: 'GetMetricData' }
  const { MetricDataResults = [] } = await send(clients, call, () => client.send(command))
  return metrics.map(({ as = 'sum' }, index) => {
    // The newest comes first, as the API does it unless it is asked otherwise.
    const values = MetricDataResults.find(({ Id }) => Id === `m${index}`)?.Values ?? []
    if (as === 'last') return values[0] ?? null
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0)
  })
}
