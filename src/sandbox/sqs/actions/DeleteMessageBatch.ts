import { defineAction } from '../../define-action.js'
import { type BatchEntry, eachEntry, readEntries, readReceiptHandle } from '../batch.js'
import { remove } from '../queue.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'

interface Input extends QueueInput {
  readonly entries: readonly BatchEntry[]
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html */
export default defineAction({
  service: 'sqs',
  name: 'DeleteMessageBatch',
  decode: (raw): Input => ({ queueUrl: readQueueUrl(raw), entries: readEntries(raw) }),
  needs: ({ queueUrl }, call) => needOnQueue('DeleteMessage', queueUrl, call),
  run: ({ queueUrl, entries }, call) => {
    const queue = findQueue(queueUrl, call)
    const results = eachEntry(entries, ({ id, raw }) => {
      remove(queue, readReceiptHandle(raw))
      return { Id: id }
    })
    return { Successful: [], ...results }
  },
})
