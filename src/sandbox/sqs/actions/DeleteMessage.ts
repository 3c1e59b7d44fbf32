import { defineAction } from '../../define-action.js'
import { readReceiptHandle } from '../batch.js'
import { remove } from '../queue.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'

interface Input extends QueueInput {
  readonly receiptHandle: string
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
export default defineAction<Input, object>({
  service: 'sqs',
  name: 'DeleteMessage',
  decode: (raw) => ({ queueUrl: readQueueUrl(raw), receiptHandle: readReceiptHandle(raw) }),
  needs: ({ queueUrl }, call) => needOnQueue('DeleteMessage', queueUrl, call),
  run: ({ queueUrl, receiptHandle }, call) => {
    remove(findQueue(queueUrl, call), receiptHandle)
    return {}
  },
})
