import { defineAction } from '../../define-action.js'
import { type BatchEntry, eachEntry, readEntries, refuseTooLong } from '../batch.js'
import { useKey } from '../encryption.js'
import { sizeOf } from '../message.js'
import { lacksGroup, prepareMessage, readMessage } from '../new-message.js'
import { enqueue } from '../queue.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { invalidValue } from '../refusals.js'
import { describeSent } from '../sent.js'

interface Input extends QueueInput {
  readonly entries: readonly BatchEntry[]
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export default defineAction({
  service: 'sqs',
  name: 'SendMessageBatch',

  decode: (raw): Input => ({ queueUrl: readQueueUrl(raw), entries: readEntries(raw) }),

  needs: ({ queueUrl }, call) => needOnQueue('SendMessage', queueUrl, call),

  run: ({ queueUrl, entries }, call) => {
    const queue = findQueue(queueUrl, call)
    const { Successful = [], Failed } = eachEntry(entries, ({ id, raw }) => ({
      id,
      message: readMessage(raw),
    }))
    refuseTooLong(
      Successful.reduce((sum, { message }) => sum + sizeOf(message.body, message.messageAttributes), 0),
    )
    if (Successful.some(({ message }) => lacksGroup(message, queue))) {
      // A single message without group is MissingParameter; in a batch the whole request is this.
      throw invalidValue('The request must contain the parameter MessageGroupId.')
    }
    const prepared = eachEntry(Successful, (entry) => ({
      ...entry,
      ready: prepareMessage(entry.message, queue, call),
    }))
    useKey(call, queue, ['GenerateDataKey', 'Decrypt'])
    const ready = prepared.Successful ?? []
    const results = enqueue(
      queue,
      ready.map((entry) => entry.ready),
    )
    const sent = ready.map(({ id, message }, index) => ({ Id: id, ...describeSent(message, results[index]) }))
    const failed = [...(Failed ?? []), ...(prepared.Failed ?? [])]
    return { Successful: sent, ...(failed.length > 0 ? { Failed: failed } : {}) }
  },
})
