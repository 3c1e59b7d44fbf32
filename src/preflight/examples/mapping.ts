import type { Mapping } from '../../mapping.js'

/** A mapping of the queue and function in the examples that stand in rules. */
export const exampleMapping: Mapping = {
  uuid: '14e0db71-5d35-4eb5-b481-8945cf9d10c2',
  queueArn: 'arn:aws:sqs:eu-central-1:111122223333:orders',
  functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:worker',
  state: 'Enabled',
  batchSize: 10,
  batchWindowSeconds: 0,
  reportBatchItemFailures: false,
  filters: [],
  eventCountMetrics: false,
}
