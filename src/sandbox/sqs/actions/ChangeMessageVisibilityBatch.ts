import { defineAction } from '../../define-action.js'
import { integer } from '../../members.js'
import { type BatchEntry, eachEntry, readEntries, readReceiptHandle } from '../batch.js'
import { inRange } from '../new-message.js'
import { changeVisibility } from '../queue.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { missingParameter } from '../refusals.js'

interface Input extends QueueInput {
  readonly entries: readonly BatchEntry[]
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html */
export default defineAction({
  service: 'sqs',
  name: 'ChangeMessageVisibilityBatch',
  decode: (raw): Input => ({ queueUrl: readQueueUrl(raw), entries: readEntries(raw) }),
  needs: ({ queueUrl }, call) => needOnQueue('ChangeMessageVisibility', queueUrl, call),
  run: ({ queueUrl, entries }, call) => {
    const queue = findQueue(queueUrl, call)
    const results = eachEntry(entries, ({ id, raw }) => {
      const seconds = inRange('VisibilityTimeout', integer(raw, 'VisibilityTimeout'), 43_200)
      if (seconds === undefined) throw missingParameter('VisibilityTimeout')
      changeVisibility(queue, readReceiptHandle(raw), seconds)
      return { Id: id }
    })
    return { Successful: [], ...results }
  },
})
