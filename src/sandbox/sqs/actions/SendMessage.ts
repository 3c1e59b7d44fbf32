import { defineAction } from '../../define-action.js'
import { useKey } from '../encryption.js'
import { lacksGroup, type MessageInput, prepareMessage, readMessage } from '../new-message.js'
import { enqueue } from '../queue.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { missingParameter } from '../refusals.js'
import { describeSent } from '../sent.js'

interface Input extends QueueInput {
  readonly message: MessageInput
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export default defineAction({
  service: 'sqs',
  name: 'SendMessage',

  decode: (raw): Input => ({ queueUrl: readQueueUrl(raw), message: readMessage(raw) }),

  needs: ({ queueUrl }, call) => needOnQueue('SendMessage', queueUrl, call),

  run: ({ queueUrl, message }, call) => {
    const queue = findQueue(queueUrl, call)
    if (lacksGroup(message, queue)) throw missingParameter('MessageGroupId')
    const prepared = prepareMessage(message, queue, call)
    useKey(call, queue, ['GenerateDataKey', 'Decrypt'])
    const [result] = enqueue(queue, [prepared])
    return describeSent(message, result)
  },
})
