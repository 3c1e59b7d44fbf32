import { defineAction } from '../../define-action.js'
import { type Page, readPage, takePage } from '../paging.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { deadLetterSources } from '../redrive.js'

interface Input extends QueueInput {
  readonly page: Page
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html */
export default defineAction({
  service: 'sqs',
  name: 'ListDeadLetterSourceQueues',
  decode: (raw): Input => ({ queueUrl: readQueueUrl(raw), page: readPage(raw) }),
  needs: ({ queueUrl }, call) => needOnQueue('ListDeadLetterSourceQueues', queueUrl, call),
  run: ({ queueUrl, page }, call) => {
    const { arn } = findQueue(queueUrl, call)
    const sources = deadLetterSources(call.world.sqs.queues, arn)
    const { urls, nextToken } = takePage(sources, page)
    // The one list of SQS whose member begins with a small letter, and is there when it is empty.
    return { queueUrls: urls ?? [], NextToken: nextToken }
  },
})
