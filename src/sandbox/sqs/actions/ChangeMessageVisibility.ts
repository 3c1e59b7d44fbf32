import { defineAction } from '../../define-action.js'
import { integer } from '../../members.js'
import { readReceiptHandle } from '../batch.js'
import { inRange } from '../new-message.js'
import { changeVisibility } from '../queue.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { missingParameter } from '../refusals.js'

interface Input extends QueueInput {
  readonly receiptHandle: string
  readonly seconds: number
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export default defineAction<Input, object>({
  service: 'sqs',
  name: 'ChangeMessageVisibility',

  decode: (raw) => {
    const seconds = inRange('VisibilityTimeout', integer(raw, 'VisibilityTimeout'), 43_200)
    if (seconds === undefined) throw missingParameter('VisibilityTimeout')
    return { queueUrl: readQueueUrl(raw), receiptHandle: readReceiptHandle(raw), seconds }
  },

  needs: ({ queueUrl }, call) => needOnQueue('ChangeMessageVisibility', queueUrl, call),

  run: ({ queueUrl, receiptHandle, seconds }, call) => {
    changeVisibility(findQueue(queueUrl, call), receiptHandle, seconds)
    return {}
  },
})
