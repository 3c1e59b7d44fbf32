import { defineAction } from '../../define-action.js'
import { textMap } from '../../members.js'
import { withChanges } from '../attributes.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { checkRedrivePolicy } from '../redrive-rules.js'
import { invalidAttribute, missingParameter } from '../refusals.js'

interface Input extends QueueInput {
  readonly attributes: Readonly<Record<string, string>>
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export default defineAction<Input, object>({
  service: 'sqs',
  name: 'SetQueueAttributes',

  decode: (raw) => {
    const attributes = textMap(raw, 'Attributes')
    if (!attributes) throw missingParameter('Attributes')
    return { queueUrl: readQueueUrl(raw), attributes }
  },

  needs: ({ queueUrl }, call) => needOnQueue('SetQueueAttributes', queueUrl, call),

  run: ({ queueUrl, attributes }, call) => {
    const queue = findQueue(queueUrl, call)
    // The type of a queue is for ever; naming it again is no change.
    if (attributes.FifoQueue !== undefined && !queue.fifo) {
      throw invalidAttribute('FifoQueue', 'The type of a queue cannot be changed.')
    }
    const settings = withChanges(queue.settings, attributes, queue.fifo)
    if (attributes.RedrivePolicy) checkRedrivePolicy(queue, settings, call.world.sqs.queues)
    queue.settings = settings
    queue.changedAt = call.world.clock.now()
    return {}
  },
})
