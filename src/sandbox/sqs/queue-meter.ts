import { minuteMs, observe, startOf } from '../cloudwatch/observe.js'
import type { MetricUnit } from '../cloudwatch/state.js'
import type { World } from '../world.js'
import { measure } from './message-counts.js'
import type { MessageCounts, Queue, QueueCount, QueueMeter } from './state.js'

const counts: readonly QueueCount[] = [
  'NumberOfMessagesSent',
  'NumberOfMessagesReceived',
  'NumberOfMessagesDeleted',
]

/**
 * A queue is measured each minute while it holds messages, and for six hours after it was last used.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-monitoring-using-cloudwatch.html
 */
const activeMs = 6 * 60 * 60 * 1000

export function createMeter(
  world: World,
  queue: Pick<Queue, 'arn' | 'account' | 'region' | 'name'>,
): QueueMeter {
  return {
    count: (metric, amount) => {
      world.sqs.lastUsed.set(queue.arn, world.clock.now())
      observe(world, metricOf(queue, metric), amount)
      measureLater(world)
    },
  }
}

/** At the end of the minute, all queues together: a timer for each would be a thousand of them in a large account. */
function measureLater(world: World): void {
  const { sqs, clock } = world
  if (sqs.measuring || sqs.lastUsed.size === 0) return
  const now = clock.now()
  sqs.measuring = clock.after(startOf(now, minuteMs) + minuteMs - now, () => {
    sqs.measuring = undefined
    for (const arn of sqs.lastUsed.keys()) measureQueue(world, arn)
    measureLater(world)
  })
}

function measureQueue(world: World, arn: string): void {
  const { sqs, clock } = world
  const queue = sqs.queues.get(arn)
  const now = clock.now()
  const found = queue && measure(queue)
  const holds = found !== undefined && found.visible + found.delayed + found.inFlight > 0
  if (!queue || !found || (!holds && (sqs.lastUsed.get(arn) ?? 0) + activeMs < now)) {
    sqs.lastUsed.delete(arn)
    return
  }
  // The minute that has just ended.
  const at = now - minuteMs
  for (const metric of counts) observe(world, metricOf(queue, metric), 0, { at })
  for (const [name, value, unit] of gauges(found)) {
    if (value !== undefined) observe(world, metricOf(queue, name), value, { at, unit })
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
function gauges(found: MessageCounts): readonly (readonly [string, number | undefined, MetricUnit])[] {
  return [
    ['ApproximateNumberOfMessagesVisible', found.visible, 'Count'],
    ['ApproximateNumberOfMessagesNotVisible', found.inFlight, 'Count'],
    ['ApproximateNumberOfMessagesDelayed', found.delayed, 'Count'],
    ['ApproximateAgeOfOldestMessage', found.ageSeconds, 'Seconds'],
  ]
}

const metricOf = ({ account, region, name }: Pick<Queue, 'account' | 'region' | 'name'>, metric: string) => ({
  account,
  region,
  namespace: 'AWS/SQS',
  name: metric,
  dimensions: { QueueName: name },
})
