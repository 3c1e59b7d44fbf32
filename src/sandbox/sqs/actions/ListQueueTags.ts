import { defineAction } from '../../define-action.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html */
export default defineAction({
  service: 'sqs',
  name: 'ListQueueTags',
  decode: (raw): QueueInput => ({ queueUrl: readQueueUrl(raw) }),
  needs: ({ queueUrl }, call) => needOnQueue('ListQueueTags', queueUrl, call),
  run: ({ queueUrl }, call) => {
    const { tags } = findQueue(queueUrl, call)
    return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {}
  },
})
