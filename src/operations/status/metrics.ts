import { type Metric, readMetrics } from '../../aws/metrics.js'
import { SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import { functionAt, queueAt } from '../mapping-ends.js'
import type { StatusMetrics } from '../results.js'
import type { Session } from '../session.js'

/** CloudWatch counts by the minute, and tells a minute or more later. */
const windowMs = 15 * 60_000

/**
 * What CloudWatch counted of the queue and the function in the last 15 minutes. A count that was not published is null.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export async function readStatusMetrics(
  { queueArn, functionArn }: Mapping,
  { clients, clock }: Session,
): Promise<StatusMetrics> {
  const { name, qualifier } = functionAt(functionArn)
  const ofQueue = { QueueName: queueAt(queueArn)?.name ?? '' }
  const ofFunction = {
    FunctionName: name,
    ...(qualifier === undefined ? {} : { Resource: `${name}:${qualifier}` }),
  }
  const sqs = (metric: string, as: 'sum' | 'last'): Metric => ({
    namespace: 'AWS/SQS',
    name: metric,
    dimensions: ofQueue,
    as,
  })
  const lambda = (metric: string): Metric => ({ name: metric, dimensions: ofFunction })
  const now = clock.now()
  const window = { since: now - windowMs, until: now }
  try {
    const values = await readMetrics(
      clients,
      [
        sqs('ApproximateAgeOfOldestMessage', 'last'),
        sqs('NumberOfMessagesSent', 'sum'),
        sqs('NumberOfMessagesDeleted', 'sum'),
        lambda('Invocations'),
        lambda('Errors'),
        lambda('Throttles'),
      ],
      window,
    )
    const [oldestSeconds = null, sent = null, deleted = null, runs = null, errors = null, throttles = null] =
      values ?? []
    return {
      minutes: windowMs / 60_000,
      oldestSeconds,
      sent,
      deleted,
      runs,
      errors,
      throttles,
      unreadable: null,
    }
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
    return { ...nothing, minutes: windowMs / 60_000, unreadable: error.message }
  }
}

const nothing = { oldestSeconds: null, sent: null, deleted: null, runs: null, errors: null, throttles: null }
