import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { onTestFinished } from 'vitest'
import type { Sandbox } from '../../src/sandbox/start-sandbox.js'

/** A client of its own file, because few tests need it and loading it takes time. Default: the administrator's. */
export function cloudWatchOf(
  sandbox: Sandbox,
  accessKeyId: string = sandbox.adminCredentials.accessKeyId,
): CloudWatchClient {
  const client = new CloudWatchClient({
    endpoint: sandbox.endpoint,
    region: sandbox.region,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey: 'never-verified' },
  })
  onTestFinished(() => client.destroy())
  return client
}

export interface MetricWanted {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly stat?: string
  readonly period?: number
}

/** The points of each metric, oldest first, as [minutes since `start`, value]. */
export async function readMetrics(
  client: CloudWatchClient,
  wanted: readonly MetricWanted[],
  { start, minutes = 60 }: { readonly start: number; readonly minutes?: number },
): Promise<readonly (readonly (readonly [number, number])[])[]> {
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(start),
      EndTime: new Date(start + minutes * 60_000),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: wanted.map(({ namespace, name, dimensions, stat = 'Sum', period = 60 }, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: {
            Namespace: namespace,
            MetricName: name,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: period,
          Stat: stat,
        },
      })),
    }),
  )
  return MetricDataResults.map(({ Timestamps = [], Values = [] }) =>
    Timestamps.map((at, index) => [(at.getTime() - start) / 60_000, Values[index] ?? Number.NaN] as const),
  )
}
